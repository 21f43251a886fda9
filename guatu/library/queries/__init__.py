"""All reading of the library, for its pages and for other packages."""
