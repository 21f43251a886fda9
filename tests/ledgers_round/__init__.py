"""What goes out as a workbook comes back as the same data."""
