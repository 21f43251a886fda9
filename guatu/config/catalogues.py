"""Catalogues of sentences, without the gettext programs: collected from the code, kept as .po, compiled to .mo.

    python -m guatu.config.catalogues update     # after writing a sentence (`make messages`)
    python -m guatu.config.catalogues compile    # part of `make setup`; .mo files are not committed

Chinese (simplified) is the source. An empty traditional entry is filled by OpenCC, character by character; English is
written by people.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
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


def _fill_traditional(catalogue: Catalog) -> None:
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    for message in catalogue:
        if not message.id or (message.string and any(message.string)):
            continue
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        turned = [convert(str(form)) for form in forms]
        message.string = turned[0] if isinstance(message.id, str) else tuple(turned[-1:] * catalogue.num_plurals)


def update() -> None:
    """Bring both catalogues to what the code says now; what nobody says any more goes."""
    for locale in LOCALES:
        catalogue = read(locale)
        catalogue.update(collected(), no_fuzzy_matching=True)  # takes the messages over, so each needs its own
        catalogue.obsolete.clear()
        if locale == "zh_Hant":
            _fill_traditional(catalogue)
        catalogue.creation_date = catalogue.revision_date = NO_DATE
        path = path_of(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, sort_output=True, width=120)


def compile_all() -> None:
    """Write the .mo files that Django reads."""
    for locale in LOCALES:
        with path_of(locale, "mo").open("wb") as file:
            write_mo(file, read(locale))


def main(arguments: list[str]) -> int:
    """`update` or `compile`."""
    commands = {"update": update, "compile": compile_all}
    if len(arguments) != 1 or arguments[0] not in commands:
        sys.stderr.write("usage: python -m guatu.config.catalogues {update,compile}\n")
        return 2
    commands[arguments[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
