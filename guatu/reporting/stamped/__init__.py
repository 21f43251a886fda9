"""The printed sheet that, signed, stamped and scanned, is a unit's approval."""
