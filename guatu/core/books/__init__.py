"""Workbooks as offices hand them up: title, unit line, merged headings, classes with sums, set up to be printed.

``model`` says what stands in one, ``measure`` how wide and high it comes out, ``office`` writes it. No business noun.
"""
