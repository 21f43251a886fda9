"""The sheet engine: any office workbook in, typed rows with their place in the sheet out.

``reading`` opens a file by its content, ``child`` does so in a limited process, ``engine`` recognises titles, units,
headings, categories, totals and values for a field set that a higher package hands in. Nothing here knows a business
noun and nothing touches the database.
"""
