"""A foreign portfolio as it is published: several releases in one file, money and dates in many spellings.

`dirty` makes a small one of its own, with its control totals counted while it is written; `rows_of` takes any such file
apart without the product, by the plainest rule there is: what is a number with or without its sign is an amount.
"""

import csv
import io
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

MAP = Path(__file__).parents[2] / "docs" / "howto" / "uk-portfolio.yaml"
HEADS = [
    *("year", "gmpp_id", "project", "department", "category", "dca_ipa", "dca_sro", "start", "end"),
    *("schedule_narrative", "fy_baseline_m", "fy_forecast_m", "fy_variance_pct", "variance_narrative"),
    *("wlc_m", "benefits_m"),
]
WITHHELD = (
    "Exempt under Section 43 of the Freedom of Information Act 2000 (Commercial Interests)",
    "Section 43 - Commercial interests",
    "Exempt under Section 22 – Information intended for future publication \u200b",
    "Low: 304.64, Mid: 331.47, High: 331.47",
    "Mid: 20,300.00, High: 53,300.00",
    "Data Not Provided",
)
NOTHING = ("", "NA", "-")
MONEY = ("£{:,.2f}", "£{:.2f}", "{:,.2f}", "{:.2f}", "£{:,.0f}", "{:.0f}")
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
RELEASES = ("2019-20", "2020-21", "2021-22")
NARRATIVE = 'The end date "slipped", because:\n- procurement was paused;\n- = a later start was agreed.'


@dataclass
class Control:
    """What a release holds: rows, rows with an amount, the sum of the amounts in millions as printed."""

    projects: int = 0
    with_amount: int = 0
    total: Decimal = Decimal(0)
    amounts: dict[int, Decimal] = field(default_factory=dict)  # by the row's place in its release

    def add(self, amount: Decimal | None) -> None:
        self.projects += 1
        if amount is not None:
            self.with_amount += 1
            self.total += amount
            self.amounts[self.projects] = amount


def year_of(release: str) -> int:
    """2019-20 is a list of 2019."""
    return int(release[:4])


def map_of(release: str) -> str:
    """The documented map for another release: one line of it changes."""
    text = MAP.read_text(encoding="utf-8")
    assert text.count('"2019-20"') == 1
    return text.replace('"2019-20"', f'"{release}"')


def plain_amount(text: str) -> Decimal | None:
    """A number with or without its sign and commas; None for anything else."""
    return Decimal(re.sub("[£,]", "", text)) if re.fullmatch(r"£?[\d,]+(?:\.\d+)?", text) else None


def rows_of(path: Path) -> list[dict[str, str]]:
    """The file's rows by heading."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def controls_of(rows: Iterable[dict[str, str]]) -> dict[str, Control]:
    """The control totals of a file, by release."""
    found: dict[str, Control] = {}
    for row in rows:
        found.setdefault(row["year"], Control()).add(plain_amount(row["wlc_m"]))
    return found


def dirty(chance: random.Random, projects: int = 30) -> tuple[list[list[str]], dict[str, Control]]:
    """Heading and rows of a small portfolio, and what each release holds."""
    rows, controls = [], {release: Control() for release in RELEASES}
    for release in RELEASES:
        for number in range(projects + RELEASES.index(release)):
            amount = chance.choice([None, Decimal(chance.randrange(0, 9_000_000)) / 100])
            amount = None if amount is None else amount if number % 3 else Decimal(int(amount))
            rows.append(_row(chance, release, number, amount))
            controls[release].add(amount)
    return [HEADS, *rows], controls


def _row(chance: random.Random, release: str, number: int, amount: Decimal | None) -> list[str]:
    forms = MONEY if amount is None or amount == int(amount) else MONEY[:4]
    day = f"{1 + number % 28:02}/{1 + number % 12:02}"
    start = {"%d/%m/%Y": f"{day}/2017", "%Y-%m-%d": f"2017-{day[3:]}-{day[:2]}"}
    start["%Y-%m-%d %H:%M:%S"] = f"{start['%Y-%m-%d']} 00:00:00"
    code = "" if number in (3, 4) else f"{'MoD' if release > '2020' and number == 5 else 'MOD'}_{number:04}_1920-Q2"
    values: dict[str, Any] = {
        "year": release,
        "gmpp_id": code,  # two rows without one, and one whose case changes with the year
        "project": f"Example Programme {number}" + (" (renamed)" if number == 7 and release > "2021" else ""),
        "department": "DEFRA & DFT" if number == 9 else "MOD",
        "category": ("ICT", "Military Capability")[number % 2],
        "dca_ipa": chance.choice(["Amber", "AMBER", "", "Exempt under Section 43"]),
        "start": start[chance.choice(DATES)] if number % 6 else "No",
        "end": "31/03/2029" if number % 5 else "Low: 31/03/2030, Mid: 31/03/2031, High: 31/03/2031",
        "schedule_narrative": NARRATIVE,
        "fy_forecast_m": chance.choice(["£32.24", "0", "", "-", *WITHHELD]),
        "fy_variance_pct": chance.choice(["0%", "-6%", "0.0"]),
        "wlc_m": chance.choice(forms).format(amount) if amount is not None else chance.choice([*WITHHELD, *NOTHING]),
    }
    return [values.get(head, "") for head in HEADS]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, as published."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def shuffled(rows: Sequence[Sequence[str]], chance: random.Random) -> list[list[str]]:
    """The same table with its columns in another order."""
    order = list(range(len(rows[0])))
    while order == list(range(len(rows[0]))):
        chance.shuffle(order)
    return [[row[at] for at in order] for row in rows]
