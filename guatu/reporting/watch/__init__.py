"""The daily watch: its fields, who is asked, what was said, its pages."""
