"""A unit's workbook of reports: it goes out with what is known, is filled in anywhere, is merged cell by cell."""
