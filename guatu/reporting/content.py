"""What a report says, as it is typed once and kept: money of the period, one sentence, a problem; more by the month."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from guatu.domain.mix import UNTOLD, InvestmentMix


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSaid:
    """What a report says of one node, by its public id: begun, done, or expected on another day, with the reason."""

    node: str
    started: date | None = None
    finished: date | None = None
    forecast: date | None = None
    reason: str = ""
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a report says of a locked period: what should have stood on its day, and why.

    `period` is the locked one's code, `on` the day of which its money is true; `ytd` this year's sum up to that day in
    whole yuan, `percent` in hundredths of a per cent; what is left out was right.
    """

    period: str
    on: date
    ytd: int | None = None
    percent: int | None = None
    reason: str = ""

    @property
    def says_anything(self) -> bool:
        """Whether it corrects something."""
        return self.ytd is not None or self.percent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """The fields of a report. Money in whole yuan, `percent` in hundredths of a per cent.

    `amount` is the period's, `ytd` this year's to date: what is typed is kept, the other one follows from the last
    reading. `same`: nothing changed since the last report, and why (a stop says its reason once). `corrects`: what was
    wrong in periods that are locked by now; only `actions.correct_locked` writes it.
    """

    amount: int | None = None
    ytd: int | None = None
    cumulative: int | None = None
    preliminary_cost: int = 0
    mix: InvestmentMix = UNTOLD
    percent: int | None = None
    words: str = ""
    problem: str = ""
    next_plan: str = ""
    remark: str = ""
    nodes: tuple[NodeSaid, ...] = ()
    same: bool = False
    same_reason: str = ""
    corrects: tuple[Correction, ...] = ()

    @property
    def says_money(self) -> bool:
        """Whether any amount was told."""
        return any(one is not None for one in (self.amount, self.ytd, self.cumulative))

    @property
    def says_anything(self) -> bool:
        """Whether there is anything to submit."""
        texts = (self.words, self.problem, self.next_plan)
        return (
            self.same or self.says_money or self.percent is not None or any(texts) or bool(self.nodes or self.corrects)
        )


def to_json(content: ReportContent) -> dict[str, Any]:
    """As it is stored: what was not told is left out."""
    plain = ReportContent()
    told = {
        field.name: getattr(content, field.name)
        for field in fields(content)
        if getattr(content, field.name) != getattr(plain, field.name)
    }
    if "mix" in told:
        told["mix"] = {name: value for name, value in asdict(content.mix).items() if value is not None}
    if "nodes" in told:
        told["nodes"] = [_row_json(node) for node in content.nodes]
    if "corrects" in told:
        told["corrects"] = [_row_json(one) for one in content.corrects]
    return told


def _row_json(row: NodeSaid | Correction) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(row).items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(stored: Mapping[str, Any]) -> ReportContent:
    """What `to_json` wrote."""
    told = dict(stored)
    if "mix" in told:
        told["mix"] = InvestmentMix(**told["mix"])
    if "nodes" in told:
        told["nodes"] = tuple(_node(row) for row in told["nodes"])
    if "corrects" in told:
        told["corrects"] = tuple(Correction(**{**row, "on": date.fromisoformat(row["on"])}) for row in told["corrects"])
    return ReportContent(**told)


def _node(row: Mapping[str, Any]) -> NodeSaid:
    told = dict(row)
    for name in ("started", "finished", "forecast"):
        if name in told:
            told[name] = date.fromisoformat(told[name])
    if "quantity" in told:
        told["quantity"] = Decimal(told["quantity"])
    return NodeSaid(**told)
