"""A layout read from its file (JSON) or from a page, strictly: what is wrong is told with its line or its key."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from guatu.core.books.office import cell_words
from guatu.core.sheets.fields import FieldKind
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.domain.plain import Reader
from guatu.library.choices import EntryKind, Stage
from guatu.reporting.layouts.sources import NAME, SOURCES

MOST_BYTES: Final = 200_000
MOST_COLUMNS: Final = 80
MOST_ALIASES: Final = 8
LONGEST_HEADING: Final = 80
LONGEST_TITLE: Final = 120
DEEPEST: Final = 6
PERIODS: Final = ("month", "quarter")
_TOP: Final = ("code", "name", "system", "number", "title", "unit", "period", "about", "rows", "columns")
_COLUMN: Final = ("heading", "group", "source", "unit", "required", "holder", "aliases")
_ROWS: Final = ("kinds", "stages", "least_total", "funding")


class _Reader(Reader):
    CODES = "layouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading under an optional group, the fact that fills it ("" none of ours), its unit of money
    (None: the sheet's). `holder`: the other system holds what stands there, so that it is not typed here."""

    heading: str
    group: str = ""
    source: str = ""
    unit: MoneyUnit | None = None
    required: bool = False
    holder: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Its heading with the group's."""
        return f"{self.group} / {self.heading}" if self.group else self.heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which projects of a list stand in the sheet: kinds and stages (empty: all), a least total investment in yuan,
    a word that stands in the project's sources of funds."""

    kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    least_total: int = 0
    funding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Another system's sheet: whose, its number and title ({place}, {period}), unit line, period, rows, columns."""

    code: str
    name: str
    system: str
    title: str
    unit: MoneyUnit
    period: str
    columns: tuple[Column, ...]
    rows: Rows = Rows()
    number: str = ""
    about: str = ""

    @property
    def sources(self) -> dict[str, Column]:
        """The columns that facts of ours fill, by source."""
        return {column.source: column for column in self.columns if column.source}

    @property
    def held(self) -> dict[str, Column]:
        """Those that the other system holds."""
        return {code: column for code, column in self.sources.items() if column.holder}


def read_file(data: bytes) -> Layout:
    """A layout from its file's bytes. Raises DomainError layouts.*, with the line or the key."""
    if len(data) > MOST_BYTES:
        raise DomainError("layouts.too_large", size=len(data) // 1024, limit=MOST_BYTES // 1000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError("layouts.not_utf8", line=data[: error.start].count(b"\n") + 1) from None
    _refuse_depth(text)
    try:
        plain = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise DomainError("layouts.not_json", line=error.lineno, column=error.colno) from None
    except DomainError:  # of the two hooks
        raise
    except ValueError:  # a number of thousands of digits
        raise DomainError("layouts.not_json", line=1, column=1) from None
    return read_layout(plain)


def _refuse_depth(text: str) -> None:
    """Brackets within brackets are counted before anything is built of them; those in texts count as well."""
    depth, line = 0, 1
    for char in text:
        if char == "\n":
            line += 1
        elif char in "[{":
            depth += 1
            if depth > DEEPEST:
                raise DomainError("layouts.too_deep", line=line, most=DEEPEST)
        elif char in "]}":
            depth = max(depth - 1, 0)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DomainError("layouts.key_twice", key=key[:60])
        found[key] = value
    return found


def _no_constant(word: str) -> Any:
    raise DomainError("layouts.field_wrong", rule="*", field="*", value=word, expected="0, 1, 2 …")


def read_layout(data: object) -> Layout:
    """A layout from plain values. Raises DomainError layouts.field_missing, .field_unknown, .field_wrong,
    .source_unknown, .heading_twice, .source_twice, .unit_not_money, .no_name."""
    reader = _Reader(data, "*")
    reader.only(_TOP)
    code = reader.code("code")
    reader = _Reader(data, code)
    columns = reader.rows("columns", lambda item, place: _column(item, code, place), MOST_COLUMNS)
    _refuse_twice(columns, code)
    return Layout(
        code=code,
        name=_plain(reader.text("name", longest=LONGEST_HEADING)),
        system=_plain(reader.text("system", longest=40)),
        number=_plain(reader.text("number", default="", longest=40)),
        title=_title(reader),
        unit=MoneyUnit(reader.one_of("unit", [unit.value for unit in MoneyUnit])),
        period=reader.one_of("period", PERIODS),
        about=_plain(reader.text("about", default="")),
        rows=_rows(reader.data.get("rows", {}), code),
        columns=columns,
    )


def _plain(text: str) -> str:
    return " ".join(cell_words(text).split())


def _title(reader: _Reader) -> str:
    title = _plain(reader.text("title", longest=LONGEST_TITLE))
    rest = title.replace("{place}", "").replace("{period}", "")
    if "{" in rest or "}" in rest:
        raise reader.wrong("title", title, "{place}, {period}")
    return title


def _column(item: object, rule: str, place: int) -> Column:
    reader = _Reader(item, rule, f"columns[{place + 1}]")
    reader.only(_COLUMN)
    source = reader.text("source", default="", longest=60)
    if source and source not in SOURCES:
        raise DomainError("layouts.source_unknown", field=reader.name("source"), source=source)
    unit = reader.data.get("unit")
    if unit is not None:
        reader.one_of("unit", [one.value for one in MoneyUnit])
        if not source or SOURCES[source].kind is not FieldKind.MONEY:
            raise DomainError("layouts.unit_not_money", field=reader.name("unit"))
    heading = _plain(reader.text("heading", longest=LONGEST_HEADING))
    if not heading:
        raise reader.wrong("heading", "", f'"…" (1–{LONGEST_HEADING})')
    return Column(
        heading=heading,
        group=_plain(reader.text("group", default="", longest=LONGEST_HEADING)),
        source=source,
        unit=MoneyUnit(unit) if unit is not None else None,
        required=reader.flag("required"),
        holder=reader.flag("holder"),
        aliases=reader.words("aliases", most=MOST_ALIASES, longest=LONGEST_HEADING),
    )


def _rows(data: object, rule: str) -> Rows:
    reader = _Reader(data, rule, "rows")
    reader.only(_ROWS)
    return Rows(
        kinds=reader.words("kinds", EntryKind.values),
        stages=reader.words("stages", Stage.values),
        least_total=reader.whole("least_total", 0, 10**13) if "least_total" in reader.data else 0,
        funding=reader.text("funding", default="", longest=40),
    )


def _refuse_twice(columns: Sequence[Column], rule: str) -> None:
    words: dict[str, int] = {}
    sources: dict[str, int] = {}
    for place, column in enumerate(columns, start=1):
        first = words.setdefault(column.words, place)
        if first != place:
            raise DomainError("layouts.heading_twice", heading=column.words, first=first, place=place)
        first = sources.setdefault(column.source, place) if column.source else place
        if first != place:
            raise DomainError("layouts.source_twice", source=column.source, first=first, place=place)
    if NAME not in sources:
        raise DomainError("layouts.no_name", rule=rule)


def as_json(layout: Layout) -> dict[str, Any]:
    """As it is stored and written into a file: what says nothing is left out."""
    told = {key: getattr(layout, key) for key in ("code", "name", "system", "number", "title", "period", "about")}
    told = {key: value for key, value in told.items() if value}
    told["unit"] = layout.unit.value
    told["rows"] = _said(asdict(layout.rows))
    told["columns"] = [_said({**asdict(one), "unit": one.unit.value if one.unit else None}) for one in layout.columns]
    return told


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
    return {key: value for key, value in found.items() if value}


def file_of(layout: Layout) -> bytes:
    """The layout as a file that can be edited and handed in again."""
    return (json.dumps(as_json(layout), ensure_ascii=False, indent=1) + "\n").encode()


def stored(data: Mapping[str, Any]) -> Layout:
    """What `as_json` wrote."""
    return read_layout(dict(data))
