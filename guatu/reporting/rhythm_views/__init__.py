"""Pages of the rhythm of reports."""
