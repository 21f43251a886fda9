"""The wall chart (挂图): all projects of a list beside each other on one axis of days, on the screen and on paper."""
