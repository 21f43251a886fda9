"""Reading plans and targets."""
