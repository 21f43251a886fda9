"""What a kind of bulletin consists of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from guatu.core.actor import Actor
from guatu.core.official.model import Table
from guatu.core.refusals import Refusal, Sentence
from guatu.domain.words import Figure
from guatu.publishing.blocks import Block


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as made from the data of this moment.

    `figures` is all that it may print, by key; `labels` are the words of groups that a key names by number; `names` are
    project and unit names whose digits are no figures; `check_rows` are tables as the checker reads them (every heading
    with its unit).
    """

    title: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    figures: Mapping[str, Figure]
    labels: Mapping[str, str]
    names: frozenset[str]
    check_rows: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class BulletinKind:
    """A registered kind: `gather(actor, asked)` reads the facts, `make(facts)` writes the paper, purely."""

    code: str
    words: Sentence
    masthead: Sentence
    gather: Callable[[Actor, Any], Any]
    make: Callable[[Any], Made]


KINDS: dict[str, BulletinKind] = {}


def kind_of(code: str) -> BulletinKind:
    """The kind of a code. Raises Refusal for one that does not exist."""
    if code not in KINDS:
        raise Refusal("publishing.unknown_kind", kind=code[:40])
    return KINDS[code]
