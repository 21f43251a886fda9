"""A plan ledger's rows as what the library records: details, profile, entry, who answers, the year-end amount."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import guatu.library.imports.issues  # noqa: F401  declares the sentences of these issues
from guatu.core.sheets.errors import Issue
from guatu.core.sheets.result import ReadRow, SheetReading
from guatu.domain.codes import check_industry, is_industry_code
from guatu.domain.dates import DateSpan, YearSpan
from guatu.domain.money import choose_unit, format_amount
from guatu.library.choices import EntryKind, ManagementLayer, Nature, Stage
from guatu.library.compute import match_key
from guatu.library.imports.names import contact, leaders
from guatu.library.queries.matching import refuse_twice

NATURES = {"reconstruction": Nature.REBUILD.value}
"""Where the sheet engine's code of a nature differs from the library's."""
LAYERS = (
    ("领导小组", ManagementLayer.LEADING_GROUP),
    ("分管", ManagementLayer.SECTOR),
    ("行业", ManagementLayer.SECTOR),
    ("单位", ManagementLayer.UNIT),
)
FUNDS = (
    ("funding_central", "中央资金"),
    ("funding_province", "省级资金"),
    ("funding_city", "市级资金"),
    ("funding_district", "县区资金"),
    ("funding_bond", "专项债"),
    ("funding_loan", "银行贷款"),
    ("funding_self", "自筹资金"),
    ("funding_other", "其他资金"),
)
INDUSTRY = ("industry", "industry_code")
NOTED = (("level_mark", "级别"), ("industry", "行业"), ("industry_code", "行业代码"), ("location_code", "建设地点代码"))
"""What the library has no column for, or not for these words: kept in the remarks."""
LONGEST = {"name": 160, "project_code": 40, "location": 200, "years": 40, "owner": 120, "owner_code": 18}
LONGEST |= {"industry": 10, "liaison": 60, "phone": 30, "funding": 200, "document_clause": 160}
LONGEST_UNIT, LONGEST_HOLDER, LONGEST_TITLE, LONGEST_CLASS = 120, 60, 80, 80
MOVED = {"location": "建设地点", "years": "起止年限", "owner": "业主", "funding": "资金来源", "liaison": "联系人"}
MOVED |= {"phone": "联系电话", "document_clause": "依据文件"}


@dataclass(slots=True)
class PlanRow:
    """One project of a plan ledger. Only what its cells say is named: what is blank stays as it stands.

    `details`, `profile` and `entry` are made when they are asked for, since a long ledger's would fill the memory; the
    columns in `unsaid` are left out of them.
    """

    read: ReadRow
    year: int
    number: int
    name: str
    code: str = ""
    theme_ids: tuple[int, ...] = ()  # of `themes`, once they are known
    themes: tuple[str, ...] = ()
    class_path: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    task_force: tuple[str, ...] = ()
    leads: tuple[tuple[str, str], ...] = ()
    sector_leads: tuple[tuple[str, str], ...] = ()
    year_end: int | None = None
    stage: str = Stage.PRELIMINARY
    stage_on: date | None = None
    place: str = ""
    unsaid: frozenset[str] = frozenset()

    @property
    def at(self) -> tuple[str, int]:
        """Sheet and row."""
        return self.read.sheet, self.read.row

    @property
    def details(self) -> dict[str, Any]:
        """What the project's own row says."""
        maker = _Maker(self.read, self.year, PlanRows())
        maker.entry(self.number)  # whose text may be too long, and goes to the remarks
        return self._said(maker.details(self.code))

    @property
    def profile(self) -> dict[str, Any]:
        """What the project counts as."""
        told = _Maker(self.read, self.year, PlanRows()).profile()
        return self._said({**told, "themes": list(self.theme_ids)} if self.theme_ids else told)

    @property
    def entry(self) -> dict[str, Any]:
        """What the list says of it."""
        return self._said(_Maker(self.read, self.year, PlanRows()).entry(self.number))

    def _said(self, told: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in told.items() if name not in self.unsaid} if self.unsaid else told


@dataclass(slots=True)
class PlanRows:
    """All rows, and what is wrong or doubtful in them as rows of the library."""

    rows: list[PlanRow] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)


def plan_rows(reading: SheetReading, year: int) -> PlanRows:
    """The rows of a plan ledger of `year`. Reads nothing but the ledger."""
    found = PlanRows()
    numbers = _numbers(reading.rows)
    for place, read in enumerate(reading.rows):
        if "name" in read.values:
            found.rows.append(_Maker(read, year, found).make(numbers[place]))
    refuse_twice(found.rows, lambda row: row.name, lambda row: row.code, found.errors)
    return found


def _numbers(rows: list[ReadRow]) -> list[int]:
    """序号 as printed; the order in the file where it restarts or is missing."""
    printed = [text if (text := row.raw("serial")).isdecimal() and len(text) < 8 else "" for row in rows]
    if len(set(printed)) == len(rows) and "" not in printed:
        return [int(text) for text in printed]
    return list(range(1, len(rows) + 1))


class _Maker:
    """Makes one row and what it says; what does not fit becomes an issue at its cell."""

    def __init__(self, read: ReadRow, year: int, found: PlanRows) -> None:
        self.read, self.year, self.found = read, year, found
        self.values = read.values
        self.notes: list[str] = []

    def make(self, number: int) -> PlanRow:
        values = self.values
        row = PlanRow(self.read, self.year, number, values["name"], self._text("project_code"))
        if not match_key(row.name):
            self._error("name_unusable", "name")
        self._fits("name", row.name)
        row.class_path = tuple(self._names(row.read.class_path, "class", LONGEST_CLASS))[:2]
        row.themes = tuple(self._names(_listed(values.get("theme", "")), "theme", LONGEST_CLASS))
        row.responsible = tuple(self._names(values.get("responsible_unit", ()), "responsible_unit", LONGEST_UNIT))
        row.supporting = tuple(self._names(values.get("supporting_units", ()), "supporting_units", LONGEST_UNIT))
        row.local = tuple(self._names(values.get("local_unit", ()), "local_unit", LONGEST_UNIT))
        row.task_force = tuple(self._names(values.get("task_force", ()), "task_force", LONGEST_UNIT))
        row.leads, row.sector_leads = self._leaders("lead"), self._leaders("sector_lead")
        row.place = " ".join([values.get("location", ""), *row.local])
        row.year_end = values.get("cumulative_to_last_year")
        row.stage, row.stage_on = self._stage()
        self.entry(number)
        self.details(row.code)
        return row

    # -- pieces ------------------------------------------------------------------------------------------------------
    def details(self, code: str) -> dict[str, Any]:
        name, phone = contact(self._text("liaison", "、".join(self.values.get("liaison", ()))), self._text("phone"))
        told = {
            "code": code if len(code) <= LONGEST["project_code"] else self._cut("project_code", code),
            "content": self.values.get("content", ""),
            "address": self._cut("location", self.values.get("location", "")),
            "years": self._cut("years", self.read.raw("years") if "years" in self.values else ""),
            "owner_name": self._cut("owner", "、".join(self.values.get("owner", ()))),
            "owner_credit_code": self._cut("owner_code", self._text("owner_code")),
            "contact": self._cut("liaison", name),
            "contact_phone": self._cut("phone", phone),
            "funding": self._cut("funding", self._funding()),
        }
        for field_code, label in NOTED:
            text = self.values.get(field_code, "")
            if text and (field_code not in INDUSTRY or not self._is_placed(text)):
                self.notes.append(f"{label}：{text}")
        remark = "\n".join([text for text in [self.values.get("remark", ""), *self.notes] if text])
        return {column: text for column, text in {**told, "remark": remark}.items() if text}

    def _is_placed(self, industry: str) -> bool:
        """Whether the industry's words are kept already: as a code, or as the class."""
        return is_industry_code(industry) or check_industry(industry).ok or industry in self.read.class_path

    def _funding(self) -> str:
        pieces = [self.values["funding"]] if self.values.get("funding") else []
        for code, label in FUNDS:
            amount = self.values.get(code)
            if amount:
                unit = choose_unit(amount)
                pieces.append(f"{label} {format_amount(amount, unit, 4, trim=True)} {unit.value}")
        return "；".join(pieces)

    def profile(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if "total_investment" in self.values:
            told["total_investment"] = self.values["total_investment"]
        nature = self.values.get("nature")
        if nature:
            told["nature"] = NATURES.get(nature, nature)
        industry = self._industry()
        if industry:
            told["industry"] = industry
        return told

    def _industry(self) -> str:
        """The industry's code: a right one before a wrong one, which is kept as typed; "" where only words say it."""
        typed = [self.values[code] for code in INDUSTRY if self.values.get(code)]
        right = (found.value for text in typed if (found := check_industry(text)).ok)
        wrong = (text[: LONGEST["industry"]] for text in typed if is_industry_code(text))
        return next(right, "") or next(wrong, "")

    def entry(self, number: int) -> dict[str, Any]:
        values = self.values
        told: dict[str, Any] = {"number": number}
        for code in ("kind", "planned_investment", "goal"):
            if values.get(code) is not None:
                told[code] = values[code]
        completes = values.get("completes_this_year")
        if completes is not None or told.get("kind") == EntryKind.COMPLETING:
            told["completes_this_year"] = bool(completes) or told.get("kind") == EntryKind.COMPLETING
        for code in ("planned_start", "planned_finish", "planned_resume"):
            span = values.get(code)
            if isinstance(span, DateSpan):
                told[code] = span.end  # planned for June is planned for the end of June
        goals = self._quarter_goals()
        if goals:
            told["quarter_goals"] = goals
        if values.get("document_clause"):
            told["document"] = self._cut("document_clause", values["document_clause"])
        if self.read.mark:
            told["mark"] = self.read.mark[:4]
        layer = self._layer(values.get("management_layer", ""))
        return told | ({"layer": layer} if layer else {})

    def _quarter_goals(self) -> list[str]:
        goals = []
        for quarter in range(1, 5):
            text, amount = self.values.get(f"goal_q{quarter}", ""), self.values.get(f"planned_q{quarter}")
            if amount:
                unit = choose_unit(amount)
                money = f"计划投资 {format_amount(amount, unit, 4, trim=True)} {unit.value}"
                text = f"{text}；{money}" if text else money
            goals.append(text)
        return goals if any(goals) else []

    def _layer(self, text: str) -> str:
        if not text:
            return ""
        found = next((layer for word, layer in LAYERS if word in text), None)
        if found is None:
            self.found.warnings.append(self.read.issue("layer_unknown", "management_layer"))
        return found.value if found else ""

    def _stage(self) -> tuple[str, date]:
        """Where a project that nobody knew stood when the year began: works go on since before, or it is prepared."""
        first = date(self.year, 1, 1)
        kind, before = self.values.get("kind"), self.values.get("cumulative_to_last_year") or 0
        begun = kind in (EntryKind.CONTINUING, EntryKind.COMPLETING) or (kind is None and before > 0)
        if not begun:
            return Stage.PRELIMINARY, first
        planned, years = self.values.get("planned_start"), self.values.get("years")
        if isinstance(planned, DateSpan) and planned.start < first:
            return Stage.UNDER_CONSTRUCTION, planned.start
        if isinstance(years, YearSpan) and years.start.start < first:
            return Stage.UNDER_CONSTRUCTION, years.start.start
        return Stage.UNDER_CONSTRUCTION, date(self.year - 1, 12, 31)

    # -- cells -------------------------------------------------------------------------------------------------------
    def _text(self, code: str, otherwise: str = "") -> str:
        """The cell as typed where it was read as something."""
        if code not in self.values:
            return ""
        return self.read.raw(code) or otherwise or str(self.values[code])

    def _leaders(self, code: str) -> tuple[tuple[str, str], ...]:
        found = leaders(self._text(code, "、".join(self.values.get(code, ()))))
        for name, title in found:
            if len(name) > LONGEST_HOLDER or len(title) > LONGEST_TITLE:
                self._error("text_too_long", code, length=max(len(name), len(title)), limit=LONGEST_HOLDER)
                return ()
        return found

    def _names(self, names: Iterable[str], code: str, limit: int) -> list[str]:
        found = list(dict.fromkeys(names))
        for name in found:
            if len(name) > limit:
                self._error("text_too_long", code, length=len(name), limit=limit)
        return found

    def _fits(self, code: str, text: str) -> None:
        if len(text) > LONGEST[code]:
            self._error("text_too_long", code, length=len(text), limit=LONGEST[code])

    def _cut(self, code: str, text: str) -> str:
        """A text that its column can take; the whole of a longer one goes to the remarks. A code is never cut."""
        limit = LONGEST[code]
        if len(text) <= limit:
            return text
        if code not in MOVED:
            self._error("text_too_long", code, length=len(text), limit=limit)
            return ""
        self.found.warnings.append(self.read.issue("text_moved", code, length=len(text), limit=limit))
        self.notes.append(f"{MOVED[code]}：{text}")
        return text[:limit]

    def _error(self, issue: str, code: str, **params: Any) -> None:
        self.found.errors.append(self.read.issue(issue, code, **params))


def _listed(text: str) -> list[str]:
    return [
        part.strip() for part in text.replace("，", "、").replace(",", "、").replace("\n", "、").split("、") if part
    ]
