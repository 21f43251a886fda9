"""An official document as PDF, by typst: the same pieces as the docx, free fonts embedded.

The template is fixed and the document reaches it as JSON data, so no string of a document is ever read as markup.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from guatu.core.official import messages as messages  # declares the sentences
from guatu.core.official.layout import GREY, RED, TRACKING, lay_out, margins_of
from guatu.core.official.model import Document
from guatu.core.official.pieces import CELL_SPACE, Face, Grid, Line, PageEnd, Pages, Piece, Rule, Section
from guatu.core.official.wording import clean
from guatu.core.refusals import Refusal

FONTS_FOLDER: Final = Path(__file__).parent / "fonts"
"""Where assets/fonts.mjs puts the free fonts."""
MAKE_FONTS: Final = "npm --prefix assets ci && node assets/fonts.mjs"
_TEMPLATE: Final = Path(__file__).parent / "layout.typ"

_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
_CANDIDATES: Final[dict[Face, tuple[tuple[str, bool], ...]]] = {
    "title": (
        ("方正小标宋简体", False),
        ("FZXiaoBiaoSong-B05S", False),
        ("FZXiaoBiaoSong-B05", False),
        (_SERIF, True),
    ),
    "body": (
        ("仿宋_GB2312", False),
        ("FangSong_GB2312", False),
        ("FangSong", False),
        ("STFangsong", False),
        (_SERIF, False),
    ),
    "hei": (("SimHei", False), ("STHeiti", False), (_SANS, True)),
    "kai": (("楷体_GB2312", False), ("KaiTi_GB2312", False), ("KaiTi", False), ("LXGW WenKai", False), (_SANS, False)),
    "song": (("SimSun", False), ("STSong", False), (_SERIF, False)),
}
"""By face, the first family that is there is used: the office's own (from a mounted folder) before the free one, which
needs its bold weight where the second part says so."""

_LONG_WORD: Final = re.compile(r"[!-~]{13,}")
_WORD_STEP: Final = 12


def to_pdf(document: Document, *, fonts_dir: Path | str | None = None) -> bytes:
    """The document as the bytes of a PDF, the same for the same document and fonts.

    `fonts_dir` is a further folder of fonts; the official faces (方正小标宋, 仿宋_GB2312, …) found in it are used
    before the free ones. Raises Refusal when a face has no font at all: a
    PDF of boxes is never made.
    """
    pages = lay_out(document)
    return printed(_TEMPLATE, lambda faces: _data(document, pages, faces), _moment(document), fonts_dir=fonts_dir)


def printed(
    template: Path,
    data: Callable[[dict[str, dict[str, Any]]], dict[str, Any]],
    moment: datetime,
    *,
    fonts_dir: Path | str | None = None,
) -> bytes:
    """Any typst template as the bytes of a PDF. `data` gets the faces (title, body, hei, kai, song: families and
    whether bold) and gives what the template reads as `sys.inputs.document`; fonts and refusal as `to_pdf`.
    """
    folders = [FONTS_FOLDER, *([Path(fonts_dir)] if fonts_dir else [])]
    fonts = _fonts(tuple(str(folder) for folder in folders), _state(folders))
    inputs = {"document": json.dumps(data(_faces(fonts, folders)))}
    compiler = typst.Compiler(template.read_bytes(), font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)
    made = compiler.compile(format="pdf", timestamp=moment)
    assert isinstance(made, bytes)
    return made


def _state(folders: list[Path]) -> tuple[tuple[str, int], ...]:
    """What lies in the folders, so that fonts made while the server runs are found."""
    files = (file for folder in folders if folder.is_dir() for file in sorted(folder.rglob("*")) if file.is_file())
    return tuple((str(file), file.stat().st_size) for file in files)


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...], state: tuple[tuple[str, int], ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[folder for folder in folders if Path(folder).is_dir()],
    )


def _faces(fonts: typst.Fonts, folders: list[Path]) -> dict[str, dict[str, Any]]:
    there = {(font.family, font.weight >= 600) for font in fonts.fonts()}
    faces: dict[str, dict[str, Any]] = {}
    for face, candidates in _CANDIDATES.items():
        found = [(family, bold) for family, bold in candidates if (family, bold) in there]
        if found:
            # The free families follow for characters that the first one lacks.
            faces[face] = {"families": [family for family, _bold in found], "bold": found[0][1]}
    missing = [face for face in _CANDIDATES if face not in faces]
    if missing:
        searched = "、".join(str(folder) for folder in folders)
        raise Refusal("core.official_fonts_missing", faces=missing, folders=searched, command=MAKE_FONTS)
    return faces


def _moment(document: Document) -> datetime:
    day = document.signed_on or (document.issue and document.issue.on) or (document.printed and document.printed.on)
    return datetime.combine(day, time(), UTC) if day else datetime(2012, 7, 1, tzinfo=UTC)


def _data(document: Document, pages: Pages, faces: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": clean(document.title).replace("\n", ""),
        "author": clean(document.signed_by or document.masthead),
        "faces": faces,
        "red": RED,
        "grey": GREY,
        "tracking": TRACKING,
        "cell_space": CELL_SPACE,
        "draft_mark": pages.draft_mark,
        "page_numbers": pages.page_numbers,
        "imprint": [_piece(line) for line in pages.imprint],
        "sections": [_section(section) for section in pages.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    pieces = [_piece(piece) for piece in section.pieces]
    return {"landscape": section.landscape, "margins": margins_of(section), "narrow": section.narrow, "pieces": pieces}


_KINDS: Final[dict[type[Piece], str]] = {Line: "line", Rule: "rule", PageEnd: "page_end", Grid: "grid"}


def _piece(piece: Piece) -> dict[str, Any]:
    return {"kind": _KINDS[type(piece)], **breakable(asdict(piece))}


def breakable(value: Any) -> Any:
    """Long words without a place to break would run over the next column: zero-width spaces give them places."""
    if isinstance(value, str):
        return _LONG_WORD.sub(_with_places, value)
    if isinstance(value, dict):
        return {key: breakable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [breakable(each) for each in value]
    return value


def _with_places(word: re.Match[str]) -> str:
    text = word.group()
    return "\u200b".join(text[start : start + _WORD_STEP] for start in range(0, len(text), _WORD_STEP))
