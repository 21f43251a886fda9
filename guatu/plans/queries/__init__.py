"""All reading of plans, for pages and the packages above."""
