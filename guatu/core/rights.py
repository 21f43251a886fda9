"""The rights table: action × post kind × scope, joined from the rows that each package declares in its policies.

One reader decides everything: `scopes_of(actor, action)`. What a scope means for a kind of object is said by the
package that knows the object (its `visible_to` and `can_…`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal, Sentence

# Scopes, narrowest first. A package may register more where it knows a finer one.
SCOPES: dict[str, Sentence] = {
    "own_assignment": _("分管或负责的项目"),
    "own_unit": _("本单位"),
    "region": _("本行政区划及下级"),
    "installation": _("全部"),
}


@dataclass(frozen=True, slots=True)
class Right:
    """One line of the table: what may be done, its words, and by which post kinds within which scopes."""

    action: str
    words: Sentence
    package: str
    grants: Mapping[str, tuple[str, ...]]


_RIGHTS: dict[str, Right] = {}


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and the reason when it is not."""

    allowed: bool
    reason: str = ""

    def require(self) -> None:
        """Refuse when not allowed."""
        if not self.allowed:
            raise Refusal("core.not_allowed", what=self.reason)


def declare_scope(code: str, words: Sentence) -> None:
    """Make a scope known, by the package that knows what it means."""
    SCOPES[code] = words


def declare(package: str, rows: Mapping[str, tuple[Sentence, Mapping[str, str]]]) -> None:
    """Add a package's rows: action → (words, {post kind: "scope" or "scope scope"})."""
    for action, (words, grants) in rows.items():
        split = {kind: tuple(scopes.split()) for kind, scopes in grants.items()}
        unknown = {scope for scopes in split.values() for scope in scopes} - set(SCOPES)
        if unknown:
            raise ValueError(f"right {action!r} names unknown scopes {sorted(unknown)}")
        if action in _RIGHTS and _RIGHTS[action].package != package:
            raise ValueError(f"right {action!r} is declared by two packages")
        _RIGHTS[action] = Right(action, words, package, split)


def table() -> list[Right]:
    """The whole table, by action."""
    return [_RIGHTS[action] for action in sorted(_RIGHTS)]


def known(action: str) -> bool:
    """Whether an action has a row."""
    return action in _RIGHTS


def is_reading(action: str) -> bool:
    """Whether a right only reads: those are named "<package>.view…"."""
    return action.partition(".")[2].startswith("view")


def scopes_of(actor: Actor, action: str) -> tuple[str, ...]:
    """The scopes in which `actor` may do `action`; empty when not at all. The operator may do everything."""
    if action not in _RIGHTS:
        raise KeyError(f"{action!r} has no row in the rights table")
    if actor.post_kind == "operator":
        return ("installation",)
    if actor.limited_to is not None and action not in actor.limited_to and not is_reading(action):
        return ()
    return _RIGHTS[action].grants.get(actor.post_kind, ())


def can(actor: Actor, action: str) -> Decision:
    """Whether the post may do it at all, whatever the object."""
    if scopes_of(actor, action):
        return Decision(True)
    return Decision(False, str(_RIGHTS[action].words))
