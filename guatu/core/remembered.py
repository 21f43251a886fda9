"""A small memory within the process, of answers whose truth the asker can tell from the trail's head.

Not Django's cache: see docs/decisions/0005-what-is-remembered.md.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Values by key, `most` of them, with `rows` rows in all where that is said (`rows_of`); what was asked for or
    put longest ago is forgotten first. The last value put stays, however big it is.
    """

    def __init__(self, most: int, rows: int | None = None) -> None:
        self.most, self.rows = most, rows
        self._found: OrderedDict[Hashable, T] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._found)

    def get(self, key: Hashable) -> T | None:
        """The value of a key; None where there is none (None itself is not worth remembering)."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Hashable, value: T) -> T:
        """Keep a value, in the place of the one that the key had."""
        size = rows_of(value) if self.rows is not None else 0
        with self._lock:
            self._found[key] = value
            self._sizes[key] = size
            self._found.move_to_end(key)
            while len(self._found) > 1 and self._too_much():
                del self._sizes[self._found.popitem(last=False)[0]]
        return value

    def _too_much(self) -> bool:
        return len(self._found) > self.most or (self.rows is not None and sum(self._sizes.values()) > self.rows)

    def forget(self) -> None:
        """Empty the memory (tests, whose rows are rolled back or written past the actions)."""
        with self._lock:
            self._found.clear()
            self._sizes.clear()


def rows_of(value: Any) -> int:
    """How many rows a value holds: those of its lists, sets and mappings, within tuples and data classes too."""
    if isinstance(value, list | set | frozenset | Mapping):
        return len(value)
    if isinstance(value, tuple):
        return sum(map(rows_of, value))
    if is_dataclass(value):
        return sum(rows_of(getattr(value, part.name)) for part in fields(value))
    return 0
