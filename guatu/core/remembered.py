"""A small memory within the process, of answers whose truth the asker can tell from the trail's head.

Not Django's cache: see docs/decisions/0005-what-is-remembered.md.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Values by key, `most` of them; what was asked for or put longest ago is forgotten first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: OrderedDict[Hashable, T] = OrderedDict()
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
        with self._lock:
            self._found[key] = value
            self._found.move_to_end(key)
            while len(self._found) > self.most:
                self._found.popitem(last=False)
        return value

    def forget(self) -> None:
        """Empty the memory (tests, whose rows are rolled back or written past the actions)."""
        with self._lock:
            self._found.clear()
