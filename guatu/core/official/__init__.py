"""Official documents (公文): one model, and from it docx and PDF in the layout of GB/T 9704-2012."""
