"""Files and cells spoiled by chance, as they are spoiled outside: cut off, overwritten, made by odd tools."""

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from guatu.core.sheets.model import Sheet, Workbook

Chance = random.Random

# -- bytes -------------------------------------------------------------------------------------------------------------


def flip(data: bytes, chance: Chance) -> bytes:
    """Some bytes are others."""
    spoiled = bytearray(data)
    for _ in range(chance.choice([1, 2, 8, 64])):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def cut(data: bytes, chance: Chance) -> bytes:
    """The file ends early."""
    return data[: chance.randrange(len(data))]


def drop(data: bytes, chance: Chance) -> bytes:
    """A piece is missing."""
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.choice([1, 7, 100, 2000]) :]


def repeat(data: bytes, chance: Chance) -> bytes:
    """A piece comes twice."""
    at = chance.randrange(len(data))
    end = at + chance.choice([1, 7, 100, 2000])
    return data[:end] + data[at:end] * chance.choice([1, 3, 50]) + data[end:]


def blot(data: bytes, chance: Chance) -> bytes:
    """A piece is overwritten with one byte."""
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.choice([4, 64, 512]))
    return data[:at] + bytes([chance.choice([0, 0xFF, 0x41])]) * (end - at) + data[end:]


BYTES: tuple[Callable[[bytes, Chance], bytes], ...] = (flip, cut, drop, repeat, blot)

# -- the XML inside ----------------------------------------------------------------------------------------------------
ODD_NUMBERS = ("-1", "0", "1", "4294967296", "99999999999999999999", "1e999", "NaN", "-0.0", "2958466", "1E-320", "")
ODD_PIECES = (
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    "&a;",
    "&#0;",
    "&#x110000;",
    "_x0000_",
    "_xD800_",
    "<f>SUM(A1:A2)</f><v></v>",
    '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    '<mergeCells count="1"><mergeCell ref="B9:A1"/></mergeCells>',
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "<![CDATA[",
    "-->",
    "\x0b",
    "💥" * 50,
)


def _numbers(text: str, chance: Chance) -> str:
    found = list(re.finditer(r'(?<=["> ])\d+(?=["<])', text))
    for match in sorted(chance.sample(found, min(len(found), chance.choice([1, 3, 20]))), key=lambda m: -m.start()):
        text = text[: match.start()] + chance.choice(ODD_NUMBERS) + text[match.end() :]
    return text


def _places(text: str, chance: Chance) -> str:
    odd = ("XFD1048576", "A0", "ZZZZ1", "A1", "1A", "A99999999999", "")
    return re.sub(
        r'(?<=")[A-Z]{1,3}\d+(?=")', lambda found: chance.choice(odd) if chance.random() < 0.1 else found[0], text
    )


def _tags(text: str, chance: Chance) -> str:
    tags = list(re.finditer(r"<[^>]*>", text))
    for match in sorted(chance.sample(tags, min(len(tags), chance.choice([1, 2, 9]))), key=lambda m: -m.start()):
        text = text[: match.start()] + chance.choice(["", match[0] * 2, "<x/>"]) + text[match.end() :]
    return text


def _insert(text: str, chance: Chance) -> str:
    at = chance.choice([found.end() for found in re.finditer(">", text)] or [0])
    return text[:at] + chance.choice(ODD_PIECES) + text[at:]


def _kinds(text: str, chance: Chance) -> str:
    """The types and styles of cells."""
    kinds = ("s", "str", "n", "b", "e", "d", "inlineStr", "q")
    text = re.sub(
        r'\bt="\w+"', lambda found: f't="{chance.choice(kinds)}"' if chance.random() < 0.3 else found[0], text
    )
    return re.sub(r'\bs="\d+"', f's="{chance.choice(ODD_NUMBERS)}"', text)


def _any_bytes(text: str, chance: Chance) -> str:
    return chance.choice(BYTES)(text.encode(), chance).decode("utf-8", "replace")


XML: tuple[Callable[[str, Chance], str], ...] = (_numbers, _places, _tags, _insert, _kinds, _any_bytes)


def inside(data: bytes, chance: Chance) -> bytes:
    """One part of a zipped workbook is spoiled, or missing, and the rest packed again with right check sums."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        favourite = [
            name for name in names if re.search(r"sheet\d|workbook|sharedStrings|document\.xml$|content", name)
        ]
        chosen = chance.choice(favourite if favourite and chance.random() < 0.8 else names)
        for name in old.namelist():
            body = old.read(name)
            if name == chosen:
                if chance.random() < 0.05:
                    continue
                body = _spoiled(body, chance)
            new.writestr(name, body)
    return out.getvalue()


def _spoiled(body: bytes, chance: Chance) -> bytes:
    text = body.decode("utf-8", "replace")
    for _ in range(chance.choice([1, 1, 2, 4])):
        text = chance.choice(XML)(text, chance) or " "
    return text.encode("utf-8", "replace")


# -- cells -------------------------------------------------------------------------------------------------------------
LONG = 32_767
CELLS: tuple[Any, ...] = (
    None,
    "",
    True,
    False,
    0,
    -1,
    45597,
    2958466,
    -45597,
    10**18,
    0.1 + 0.2,
    1e308,
    5e-324,
    float("nan"),
    float("inf"),
    float("-inf"),
    -0.0,
    2019.1,
    dt.date(1, 1, 1),
    dt.date(9999, 12, 31),
    dt.datetime.fromisoformat("1900-02-28T23:59:59.999999"),
    dt.datetime.fromisoformat("1899-12-30T00:00:00"),
    dt.time(1, 2, 3),
    dt.timedelta(days=-3, seconds=5),
    "1900-02-29",
    "2019-13-45",
    "2019年2月30日",
    "#REF!",
    "=1+1",
    "=cmd|'/C calc'!A1",
    "1e999999999",
    "9" * 5000,
    "1." + "3" * 5000,
    "NaN",
    "Infinity",
    "-5亿",
    "1亿2",
    "三亿二千万元",
    "零" * 300,
    "１２，３４５．６７",
    "1,2,3",
    "12.3.4",
    "约3亿",
    "2019—2018",
    "2019-2021" * 40,
    "%",
    "150000%",
    "x" * LONG,
    "、" * LONG,
    "甲、" * 2000,
    "(" * 5000,
    "一、" * 500,
    "（一）（" * 300,
    "2019年" * 3000,
    "\u202e\u200b\ufeff",
    "é" * 3,
    "🚧" * 200,
    "\t\r\n",
    "合计",
    "小计：",
    "注：" + "长" * 3000,
    "一、产业类（999999999999999999999个）",
    "总投资（千元）",
    "单位：美元",
    "２０１９年１２月",
    "1" * 18,
    "91410300MA" + "9" * 300,
    "张三（副区长）" * 100,
    "13800000000" * 20,
)


def cell(chance: Chance) -> Any:
    """Any one of the odd cells, or a number or text by chance."""
    if chance.random() < 0.8:
        return chance.choice(CELLS)
    if chance.random() < 0.5:
        return chance.choice([1, -1]) * 10 ** chance.uniform(-12, 30)
    return "".join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(0x4E00, 0x9FA5)])) for _ in range(30))


def sheet(rows: Sequence[Sequence[Any]], chance: Chance) -> Sheet:
    """A good table with a few odd cells, rows, columns and merges."""
    grid = [list(row) for row in rows]
    width = max(map(len, grid))
    for row in grid:
        row += [None] * (width - len(row))
    for _ in range(chance.choice([1, 1, 2, 5, 40])):
        grid[chance.randrange(len(grid))][chance.randrange(width)] = cell(chance)
    chance.choice([_same, _same, _column_of_one, _rows_again, _shuffled, _transposed])(grid, chance)
    merged = [_range(grid, chance) for _ in range(chance.choice([0, 0, 0, 1, 5]))]
    uncached = frozenset((box[0], box[1]) for box in merged)
    hidden = frozenset(chance.sample(range(len(grid)), chance.choice([0, 0, 1])))
    return Sheet("表", grid, merged=merged, uncached=uncached, hidden_rows=hidden, hidden_columns=hidden)


def book(rows: Sequence[Sequence[Any]], chance: Chance) -> Workbook:
    """One or two such sheets."""
    sheets = [sheet(rows, chance)]
    if chance.random() < 0.1:
        sheets.append(sheet(rows, chance))
        sheets[1].name = "另一张"
    return Workbook("台账.xlsx", "xlsx", sheets)


Grid = list[list[Any]]


def _same(grid: Grid, chance: Chance) -> None:
    """As it is."""


def _column_of_one(grid: Grid, chance: Chance) -> None:
    at, value = chance.randrange(len(grid[0])), cell(chance)
    for row in grid[chance.randrange(4) :]:
        row[at] = value


def _rows_again(grid: Grid, chance: Chance) -> None:
    at = chance.randrange(len(grid))
    grid[at:at] = [list(row) for row in grid[at : at + chance.choice([1, 2, 4])]]


def _shuffled(grid: Grid, chance: Chance) -> None:
    chance.shuffle(grid)


def _transposed(grid: Grid, chance: Chance) -> None:
    grid[:] = [list(column) for column in zip(*grid, strict=True)]


def _range(grid: Grid, chance: Chance) -> tuple[int, int, int, int]:
    """A merged range: usual, over everything, or past the table's edge."""
    height, width = len(grid), len(grid[0])
    if chance.random() < 0.3:
        return chance.choice([(0, 0, height - 1, width - 1), (0, 0, 1_048_575, 16_383), (2, 0, height + 5, 0)])
    top, left = chance.randrange(height), chance.randrange(width)
    return top, left, min(height - 1, top + chance.choice([0, 1, 3])), min(width - 1, left + chance.choice([0, 1, 3]))
