"""Ledgers as offices really keep them, each with the truth that a colleague would read from it by eye."""
