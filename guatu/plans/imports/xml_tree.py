"""XML from outside into plain dicts: no document type, no entity, no depth, no size beyond the limits.

expat is driven by hand, and every finished element of a wanted list is handed over and forgotten at once: a file of
100,000 tasks is never held as a tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias
from xml.parsers import expat

from guatu.core.refusals import Refusal
from guatu.core.signs import without_turns

DEEPEST: Final = 30
MOST_ELEMENTS: Final = 30_000_000
LONGEST_TEXT: Final = 1_000_000  # characters of one element
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_NATIVE: Final = frozenset({"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1"})

Element: TypeAlias = "dict[str, list[Element | str]]"
"""What stands in an element: by tag (without its namespace), in order; a leaf is its text."""


def text_of(element: Element, tag: str) -> str:
    """The text of the first child of this tag, stripped; "" when there is none."""
    found = element.get(tag)
    return without_turns(found[0]).strip() if found and isinstance(found[0], str) else ""


def each(element: Element, *path: str) -> list[Element]:
    """The children with children of their own at the end of a path: each(project, "Tasks", "Task")."""
    found = [element]
    for tag in path:
        found = [child for one in found for child in one.get(tag, ()) if isinstance(child, dict)]
    return found


class Reader:
    """One document. `take[tag](element)` is called for each finished element of that tag, which is then forgotten;
    all others grow into `root`."""

    def __init__(self, name: str, root: str, take: dict[str, Callable[[Element], None]], skip: frozenset[str]) -> None:
        self.name, self.take, self.skip = name, take, skip
        self.wanted_root = root
        self.root: Element = {}
        self.stack: list[tuple[str, Element, list[str]]] = []
        self.depth = 0
        self.skipped = 0  # depth inside a skipped element
        self.length = 0
        self.elements = 0

    def read(self, data: bytes) -> Element:
        """Raises Refusal: plans.file_unsafe, file_too_deep, file_elements, file_text_long,
        file_encoding, file_truncated, file_kind."""
        data, encoding = self._decoded(data)
        self.parser = parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise self._why(error) from error
        return self.root

    def _decoded(self, data: bytes) -> tuple[bytes, str | None]:
        """What expat cannot decode itself (GBK and its kin) is decoded here."""
        found = _DECLARED.match(data[:300].lstrip(b"\xef\xbb\xbf \r\n\t"))
        declared = found[1].decode().lower() if found else "utf-8"
        if declared in _NATIVE:
            return data, None
        try:
            wide = "gb18030" if declared in {"gbk", "gb2312", "gb_2312-80", "cp936"} else declared
            return data.decode(wide).encode(), "utf-8"
        except LookupError as error:
            raise Refusal("plans.file_encoding", name=self.name, row=1) from error
        except UnicodeDecodeError as error:
            raise Refusal("plans.file_encoding", name=self.name, row=data.count(b"\n", 0, error.start) + 1) from error

    def _why(self, error: expat.ExpatError) -> Refusal:
        code = expat.errors.messages.get(error.code, "")
        if code == expat.errors.XML_ERROR_UNDEFINED_ENTITY:
            return Refusal("plans.file_unsafe", name=self.name)
        if error.code in _ENCODING:
            return Refusal("plans.file_encoding", name=self.name, row=error.lineno)
        return Refusal("plans.file_truncated", name=self.name, row=error.lineno, column=error.offset + 1)

    def _refuse(self, *_: object) -> None:
        raise Refusal("plans.file_unsafe", name=self.name)

    def _start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.skipped:
            self.skipped += 1
            return
        tag = tag.rpartition(":")[2]
        if self.depth > DEEPEST:
            raise Refusal("plans.file_too_deep", name=self.name, limit=DEEPEST)
        if self.elements > MOST_ELEMENTS:
            raise Refusal("plans.file_elements", name=self.name, limit=MOST_ELEMENTS)
        if self.depth == 1 and tag != self.wanted_root:
            raise Refusal("plans.file_kind", name=self.name)
        if tag in self.skip:
            self.skipped = 1
            return
        self.stack.append((tag, {}, []))
        self.length = 0

    def _text(self, text: str) -> None:
        if self.skipped or not self.stack:
            return
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise Refusal("plans.file_text_long", name=self.name, row=self.parser.CurrentLineNumber, limit=LONGEST_TEXT)
        self.stack[-1][2].append(text)

    def _end(self, _tag: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
            return
        tag, element, texts = self.stack.pop()
        if not self.stack:
            self.root = element
        elif tag in self.take:
            self.take[tag](element)
        else:
            self.stack[-1][1].setdefault(tag, []).append(element or "".join(texts))


_ENCODING: Final = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_INVALID_TOKEN,
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
        expat.errors.XML_ERROR_BAD_CHAR_REF,
    )
)
