"""Photos and papers behind reported facts: what is asked for, what came, what of it is to be looked at."""
