"""Pure computation of the field: no Django, no input or output, no clock (the date comes in as an argument)."""
