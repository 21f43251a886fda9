"""Review: the queue of those who check and accept, one report as a page, and all reports as a table."""
