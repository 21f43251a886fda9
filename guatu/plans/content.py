"""What a plan's draft, version or template says: nodes, links, deadline, as plain values and as stored JSON.

Node ids are public ids: a node that stands keeps its own through every version, a new one gets its on the draft.
Dates are inclusive days, durations whole days of their unit, lags days of the later node's calendar, money whole yuan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from guatu.core.ids import new_public_id

EARLIEST, LATEST = "earliest", "latest"
DAYS: Final = ("start_no_earlier", "finish_no_later", "must_start", "must_finish")
HAPPENED: Final = ("begun_on", "done_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentNode:
    """One node as it is planned. `unit` is a unit's public id; `quantity` counts `measure`; `sitting` names the body
    on whose sitting days alone the node can be (its duration then counts sittings). `begun_on` and `done_on` are what
    had happened before the project had a plan: they become the node's actual dates when the plan is approved.
    """

    id: str
    name: str
    weight: int = 1
    unit: str | None = None
    evidence: str = ""
    duration: int = 1
    duration_unit: str = "workday"
    start_no_earlier: date | None = None
    finish_no_later: date | None = None
    must_start: date | None = None
    must_finish: date | None = None
    crash_most: int = 0
    crash_cost: int = 0
    cost: int = 0
    measure: str = ""
    quantity: Decimal | None = None
    opens: str = ""
    closes: str = ""
    paper: bool = False
    sitting: str = ""
    counts: str = ""
    begun_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLink:
    """`after` waits for `before`. What is `technical` (工艺) is never offered to run side by side; what is not is only
    organisation (管理). What nobody said is technical.
    """

    before: str
    after: str
    type: str = "FS"
    lag: int = 0
    technical: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole plan. `by` says which dates become the planned ones; `source` what it was made from, in words."""

    nodes: tuple[ContentNode, ...] = ()
    links: tuple[ContentLink, ...] = ()
    deadline: date | None = None
    by: str = EARLIEST
    source: str = ""

    def places(self) -> dict[str, int]:
        """The number of each node's row, from 1."""
        return {node.id: number for number, node in enumerate(self.nodes, 1)}

    def without(self, node: str) -> "Content":
        """The plan without a node and its links; what waited for it now waits for what it waited for."""
        before = [link for link in self.links if link.after == node]
        after = [link for link in self.links if link.before == node]
        kept = [link for link in self.links if node not in (link.before, link.after)]
        known = {(link.before, link.after) for link in kept}
        for one in before:
            for other in after:
                if (one.before, other.after) not in known:
                    known.add((one.before, other.after))
                    technical = one.technical and other.technical
                    kept.append(ContentLink(before=one.before, after=other.after, technical=technical))
        return replace(self, nodes=tuple(one for one in self.nodes if one.id != node), links=tuple(kept))

    def with_node(self, name: str, behind: str | None = None) -> "Content":
        """The plan with one more node, behind another or at the end."""
        names = {node.name for node in self.nodes}
        number = 2
        called = name
        while called in names:
            called, number = f"{name}{number}", number + 1
        fresh = ContentNode(id=str(new_public_id()), name=called, duration=5)
        place = self.places().get(behind or "", len(self.nodes))
        return replace(self, nodes=(*self.nodes[:place], fresh, *self.nodes[place:]))

    def moved(self, node: str, step: int) -> "Content":
        """The plan with a node one row higher (−1) or lower (1); links are kept."""
        rows = list(self.nodes)
        place = self.places()[node] - 1
        if 0 <= place + step < len(rows):
            rows[place], rows[place + step] = rows[place + step], rows[place]
        return replace(self, nodes=tuple(rows))

    def renewed(self) -> "Content":
        """The same plan for another project: new ids."""
        fresh = {node.id: str(new_public_id()) for node in self.nodes}
        return replace(
            self,
            nodes=tuple(replace(node, id=fresh[node.id]) for node in self.nodes),
            links=tuple(replace(one, before=fresh[one.before], after=fresh[one.after]) for one in self.links),
        )


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def to_json(content: Content) -> dict[str, Any]:
    """As it is stored: what has its default value is left out."""
    return {
        "nodes": [_slim(node, ContentNode(id="", name="")) for node in content.nodes],
        "links": [_slim_link(link) for link in content.links],
        "deadline": _stored(content.deadline),
        "by": content.by,
        "source": content.source,
    }


def _slim_link(link: ContentLink) -> dict[str, Any]:
    left_out = {"lag": 0, "technical": True}
    return {name: value for name, value in asdict(link).items() if left_out.get(name) != value}


def _slim(node: ContentNode, plain: ContentNode) -> dict[str, Any]:
    names = [field.name for field in fields(node)]
    return {name: _stored(getattr(node, name)) for name in names if getattr(node, name) != getattr(plain, name)}


def from_json(stored: Mapping[str, Any]) -> Content:
    """What `to_json` wrote."""
    return Content(
        nodes=tuple(_node(row) for row in stored.get("nodes", ())),
        links=tuple(ContentLink(**row) for row in stored.get("links", ())),
        deadline=_day(stored.get("deadline")),
        by=stored.get("by", EARLIEST),
        source=stored.get("source", ""),
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _node(row: Mapping[str, Any]) -> ContentNode:
    values = dict(row)
    for name in (*DAYS, *HAPPENED):
        if name in values:
            values[name] = _day(values[name])
    if values.get("quantity") is not None:
        values["quantity"] = Decimal(values["quantity"])
    return ContentNode(**values)


def shifted(content: Content, days: int) -> Content:
    """The plan with its stated dates moved by calendar days (a copied plan, on to its new deadline)."""

    def one(day: date | None) -> date | None:
        return None if day is None else day + timedelta(days=days)

    nodes = [
        replace(
            node,
            start_no_earlier=one(node.start_no_earlier),
            finish_no_later=one(node.finish_no_later),
            must_start=one(node.must_start),
            must_finish=one(node.must_finish),
        )
        for node in content.nodes
    ]
    return replace(content, nodes=tuple(nodes), deadline=one(content.deadline))


def chained(nodes: Sequence[ContentNode], links: Iterable[tuple[int, int, str, int, bool]], source: str) -> Content:
    """A plan from rows and links (before, after, type, lag, technical) by row number (from 1)."""
    return Content(
        nodes=tuple(nodes),
        links=tuple(
            ContentLink(before=nodes[one - 1].id, after=nodes[other - 1].id, type=kind, lag=lag, technical=technical)
            for one, other, kind, lag, technical in links
        ),
        source=source,
    )
