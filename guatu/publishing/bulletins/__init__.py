"""Kinds of bulletins, each a folder: its facts, its text and its tables (docs/howto/add-a-bulletin.md)."""

from guatu.publishing.bulletins.kind import KINDS, BulletinKind, Made, kind_of
from guatu.publishing.bulletins.progress import PROGRESS

KINDS.setdefault(PROGRESS.code, PROGRESS)

__all__ = ["KINDS", "BulletinKind", "Made", "kind_of"]
