"""What a chart is, for the script that draws it and for the table that says the same beneath it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from guatu.core.ui.numbers import NO_FIGURE, UNIT_WORDS
from guatu.domain.money import MoneyUnit, format_amount, format_number

Role = Literal["actual", "claimed", "plan", "last", "forecast", "category"]


@dataclass(frozen=True)
class Series:
    """One line or row of bars. ``data`` are whole numbers (yuan for amounts), None for no figure.

    ``label`` is printed at the end of the line, so that no legend has to be looked up.
    """

    name: str
    role: Role
    data: Sequence[int | None]
    label: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with its twin table. ``unit`` is the word on the axis; for amounts ``money`` gives unit and scale."""

    id: str
    kind: Literal["line", "bar"]
    x: Sequence[str]
    series: Sequence[Series]
    summary: str
    money: MoneyUnit | None = None
    unit: str = ""
    places: int = 2
    x_title: str = ""

    def __post_init__(self) -> None:
        if any(len(series.data) != len(self.x) for series in self.series):
            raise ValueError(f"chart {self.id}: a series has another length than the axis")

    @property
    def unit_word(self) -> str:
        """The unit as printed: 亿元, 万元, 项, %."""
        return str(UNIT_WORDS[self.money]) if self.money else self.unit

    def spec(self) -> dict[str, Any]:
        """What the browser draws; amounts stay whole yuan and are divided only when shown."""
        return {
            "kind": self.kind,
            "x": list(self.x),
            "unit": self.unit_word,
            "scale": self.money.factor if self.money else 1,
            "places": self.places if self.money else 0,
            "summary": self.summary,
            "series": [
                {"name": series.name, "role": series.role, "data": list(series.data), "label": series.label}
                for series in self.series
            ],
        }

    def rows(self) -> list[tuple[str, list[str]]]:
        """The twin table's rows: the axis's label and each series' figure."""
        return [
            (label, [self._shown(series.data[index]) for series in self.series]) for index, label in enumerate(self.x)
        ]

    def _shown(self, value: int | None) -> str:
        if value is None:
            return NO_FIGURE
        return format_amount(value, self.money, self.places) if self.money else format_number(value)
