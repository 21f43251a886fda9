"""Sheets of other systems as data: filled from what is held here, read back, and what they hold is not typed again."""
