"""The golden form of a document: its words and structure as text. Run as a module to write the file anew after a wanted
change, then read the difference: python -m tests.official.golden_text."""

from pathlib import Path

from guatu.core.official.docx import to_docx
from guatu.core.official.model import Document
from guatu.core.official.read_back import docx_text
from guatu.core.official.wording import to_traditional
from tests.official import sample

FOLDER = Path(__file__).parent / "golden"
DOCUMENTS = {
    "bulletin": sample.bulletin(),
    "bulletin_hant": to_traditional(sample.bulletin()),
    "numbered": sample.numbered_document(),
}


def golden_text(document: Document) -> str:
    read = docx_text(to_docx(document))
    tables = ["\n".join(" | ".join(cells).rstrip() for cells in table) for table in read.tables]
    return "\n\n".join(["\n".join(read.paragraphs), *tables]) + "\n"


if __name__ == "__main__":
    for name, document in DOCUMENTS.items():
        (FOLDER / f"{name}.txt").write_text(golden_text(document), encoding="utf-8")
