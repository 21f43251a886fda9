"""The bench: what users do, timed beside its floor in the same run. Never part of the tests."""
