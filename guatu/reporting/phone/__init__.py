"""The page that works without a network: its shell, its manifest, and the worker that keeps the shell."""
