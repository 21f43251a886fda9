"""Signs that nobody types and nobody sees, taken out where a text comes in: a form, a sheet, a schedule's file.

A mark that turns the direction of text shows a name or an amount in another order than the one in which it is stored
(Unicode Technical Report 36, 3.1); no Chinese, English or number needs one.
"""

import re
from typing import Final

DIRECTION: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Arabic letter mark, left-to-right and right-to-left marks, embeddings, overrides and isolates: for a class of a
regular expression."""
_TURNS: Final = re.compile(f"[{DIRECTION}]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # not tab and the ends of lines


def without_turns(text: str) -> str:
    """The text without marks of direction."""
    return text if text.isascii() else _TURNS.sub("", text)


def typed(text: str) -> str:
    """What a form or a phone sent, also without control characters and halves of pairs: PostgreSQL keeps NUL in no text
    or JSON, no page or sheet may hold the others.
    """
    return _CONTROLS.sub("", without_turns(text))


def whole_number(text: str, digits: int = 9) -> int | None:
    """The number that a text is in plain figures, at most so many; None for anything else.

    `int` alone fails on what `str.isdigit` lets through ("²"), and on texts of more than 4,300 figures.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
