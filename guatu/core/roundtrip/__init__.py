"""A workbook that goes out to be edited and comes back: laid out here, written, read back and merged cell by cell.

``layout`` says what stands in it, ``out`` writes it, ``back`` reads what came back, ``merging`` holds it against what
was sent and what is now. The rule of the merge is ``guatu.domain.merge``; the file is opened by ``guatu.core.sheets``.
Nothing here knows a business noun and nothing touches the database.
"""
