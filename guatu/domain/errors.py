"""The one error of the domain: a code with parameters, never a sentence (sentences live in core's catalogue)."""

from typing import Any


class DomainError(ValueError):
    """A value that the arithmetic of the field refuses.

    ``code`` is dotted and stable (``"amount.two_points"``, ``"date.no_such_day"``); ``params`` are what the sentence
    needs, as plain values (the text as typed is always ``params["text"]`` where there was a text).
    """

    __slots__ = ("code", "params")

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Any] = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code
