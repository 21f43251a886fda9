"""The held half of the ledgers: each is read as a colleague would read it."""

from pathlib import Path

import pytest

from tests.ledgers.catalogue import HELD, Book, differences


@pytest.mark.parametrize("book", HELD, ids=lambda book: book.__name__)
def test_a_ledger_is_read_as_by_eye(book: Book, tmp_path: Path) -> None:
    assert differences(book, tmp_path) == []
