"""The reporter's desk: the sheet of a unit's projects, one project's form, what is typed into them and checked."""
