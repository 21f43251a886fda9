"""Ledgers as rows of the library's own actions."""
