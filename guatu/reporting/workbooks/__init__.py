"""Lists as workbooks: the plan ledger as an office hands it up, and the progress sheet with cells to fill in.

What is written here is read back by the import: the headings are wordings of the field sets, the cells come from
`library.queries.printed`.
"""
