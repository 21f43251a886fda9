"""The rights table as it is read: rows of words, for the page and the printed sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.rights import Right


def packages(name: str) -> str:
    """A package's name as the table shows it."""
    words = {
        "core": _("系统"),
        "people": _("单位与岗位"),
        "library": _("项目库与名单"),
        "reporting": _("填报与数据"),
        "figures": _("指标与数据"),
        "dispatch": _("调度"),
        "publishing": _("通报"),
    }
    return words.get(name, name)


def readable(right: Right, kinds: Sequence[str]) -> dict[str, Any]:
    """One row: what may be done, and for each kind of post the scopes' words ("" when not at all)."""
    cells = [{"kind": kind, "scopes": scope_words(right.grants.get(kind, ()))} for kind in kinds]
    return {"action": right.action, "words": str(right.words), "package": right.package, "cells": cells}


def scope_words(scopes: Iterable[str]) -> str:
    """Scopes in words."""
    return "、".join(str(rights.SCOPES[scope]) for scope in scopes)
