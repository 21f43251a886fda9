"""Catalogues of sentences, without the gettext programs: collected from the code, kept as .po, compiled to .mo.

    python -m guatu.config.catalogues update             # after writing a sentence (`make messages`)
    python -m guatu.config.catalogues fill-traditional   # the traditional catalogue alone; part of update
    python -m guatu.config.catalogues empty              # what English still lacks, to be translated by a person
    python -m guatu.config.catalogues compile            # part of `make setup`; .mo files are not committed

Chinese (simplified) is the source. An empty traditional entry is filled by OpenCC, character by character, and what a
reviewer wrote stays; English is written by people. docs/howto/translate.md says how.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "guatu" / "locale"
LOCALES = ("zh_Hant", "en")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Where OpenCC takes a character of another word, or one that papers no longer use. Characters only: the words of the
# mainland administration stay (項目 and not 專案), because the papers beside the page say them.
TRADITIONAL_TERMS = {
    "看錶": "看表",  # OpenCC sees a wrist watch in 看表格
    "籤認": "簽認",
    "籤批": "簽批",
    "覈": "核",
    "爲": "為",
    "纔": "才",
    "啓": "啟",
    "羣": "群",
    "衆": "眾",
}
# A catalogue without a date of its own: the same sentences give the same file.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def extract_template(file: IO[bytes], keywords: Any, comment_tags: Any, options: dict[str, Any]) -> Iterator[Any]:
    """Babel's extractor for Django templates: Django turns a template into Python calls, Babel reads those."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    code = templatize(file.read().decode())
    flat = "\n".join(line.strip() for line in code.splitlines()) + "\n"
    yield from extract_python(BytesIO(flat.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def path_of(locale: str, kind: str = "po") -> Path:
    """The file of a locale's catalogue."""
    return LOCALE / locale / "LC_MESSAGES" / f"django.{kind}"


def collected() -> Catalog:
    """All sentences that the code and the templates name now."""
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]  # Babel has no annotation here
    catalogue = Catalog(project="guatu", charset="utf-8", fuzzy=False)
    for name, line, text, comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS):
        catalogue.add(text, None, [(str(name), line)], auto_comments=comments, context=context)
    return catalogue


def read(locale: str) -> Catalog:
    """The committed catalogue of a locale; an empty one where there is none."""
    path = path_of(locale)
    if not path.exists():
        return Catalog(locale=locale, project="guatu", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _forms(message: Message) -> tuple[str, ...]:
    """The translation of a message, or of each of its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _lacks(message: Message) -> bool:
    return bool(message.id) and not any(_forms(message))


def _fill_traditional(catalogue: Catalog) -> None:
    """Fill what is empty and put the table of terms through all, so that a new term reaches the old entries too."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert

    def put_right(text: str) -> str:
        for wrong, right in TRADITIONAL_TERMS.items():
            text = text.replace(wrong, right)
        return text

    for message in catalogue:
        if not message.id:
            continue
        one = isinstance(message.id, str)
        forms = _forms(message)
        if not any(forms):
            forms = (convert(str(message.id if one else message.id[-1])),) * (1 if one else catalogue.num_plurals)
        forms = tuple(put_right(form) for form in forms)
        message.string = forms[0] if one else forms
        message.flags.discard("fuzzy")


def _write(locale: str, catalogue: Catalog) -> None:
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    path = path_of(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, no_location=True, sort_output=True, width=120)


def update() -> None:
    """Bring both catalogues to what the code says now; what nobody says any more goes."""
    for locale in LOCALES:
        catalogue = read(locale)
        catalogue.update(collected(), no_fuzzy_matching=True)  # takes the messages over, so each needs its own
        catalogue.obsolete.clear()
        if locale == "zh_Hant":
            _fill_traditional(catalogue)
        _write(locale, catalogue)


def fill_traditional() -> None:
    """Fill the traditional catalogue without looking at the code."""
    catalogue = read("zh_Hant")
    _fill_traditional(catalogue)
    _write("zh_Hant", catalogue)


def show_empty() -> None:
    """Print the sentences that English lacks, one a line, each with the file that says it first."""
    lacking = {(message.id, message.context) for message in read("en") if _lacks(message)}
    for message in collected():
        if (message.id, message.context) in lacking:
            sys.stdout.write(f"{message.locations[0][0]}: {message.id}\n")


def compile_all() -> None:
    """Write the .mo files that Django reads."""
    for locale in LOCALES:
        with path_of(locale, "mo").open("wb") as file:
            write_mo(file, read(locale))


def main(arguments: list[str]) -> int:
    """One of the commands named at the head of this file."""
    commands = {"update": update, "fill-traditional": fill_traditional, "empty": show_empty, "compile": compile_all}
    if len(arguments) != 1 or arguments[0] not in commands:
        sys.stderr.write("usage: python -m guatu.config.catalogues {update,fill-traditional,empty,compile}\n")
        return 2
    commands[arguments[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
