"""Pictures that were handed in: opened with care, read for time and place, copied small, printed for likeness."""
