"""From rows to the figures' input: every entry of some lists with its facts at a date, as known on a day.

A handful of bulk queries whatever the number of projects; the latest reading of each project is found through an index,
so the cost does not grow with the years of readings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Max, Model, OuterRef, Q, QuerySet, Subquery

from guatu.core.dated import known_on, true_of
from guatu.domain.indicators import EntryFacts, ListRules, merge_levels
from guatu.library.choices import Role, Stage
from guatu.library.models import AnnualList, Assignment, ListEntry, ProjectProfile, StageChange, Theme
from guatu.reporting.choices import TRUTH_ORDER, Basis, Truth
from guatu.reporting.models import Reading

CHUNK = 5000
_BEGUN = (Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED, Stage.IN_PRODUCTION, Stage.FULL_OUTPUT)
_DONE = (Stage.COMPLETED, Stage.IN_PRODUCTION, Stage.FULL_OUTPUT)
_STOPPED = (Stage.SUSPENDED, Stage.EXITED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lists, at which date, as known when, by which basis and truth. One question has one answer everywhere.

    `within` limits the projects to those that the asker may see; None: all of the lists.
    """

    lists: tuple[AnnualList, ...]
    as_of: date
    known: date | None = None
    basis: str = Basis.DISPATCH
    truth: str = Truth.CONFIRMED
    restated: bool = False
    planned: bool = False
    within: QuerySet[Any] | None = field(default=None, compare=False)

    @property
    def year(self) -> int:
        """The year of the lists."""
        return self.lists[0].year if self.lists else self.as_of.year

    def on(self, day: date) -> "Asked":
        """The same question at another date."""
        return replace(self, as_of=day)

    def rules(self) -> ListRules:
        """How the figures are counted: the settings of the highest list asked for."""
        if not self.lists:
            return ListRules()
        first = self.lists[0]
        return ListRules(
            start_rate_base="all" if first.start_base == "all" else "new_starts",
            time_basis="days" if first.time_basis == "days" else "months",
            kinds_exclusive=first.kinds_exclusive,
            places=first.decimals,
            counts_preliminary_cost=first.counts_preliminary_cost,
            year=first.year,
        )


_ENTRY = (
    "project_id",
    "annual_list_id",
    "kind",
    "completes_this_year",
    "batch__number",
    "project_class__name",
    "project_class__parent__name",
    "planned_start",
    "planned_finish",
    "planned_resume",
    "planned_investment",
)


def _standing(asked: Asked) -> Q:
    return known_on(asked.known) & true_of(asked.as_of, restated=asked.restated)


def _latest(model: type[Model], asked: Asked, match: Q, column: str = "id") -> Subquery:
    """The one row that holds for the outer project: found by index, one look each."""
    rows = model._default_manager.filter(_standing(asked), match, project_id=OuterRef("project_id"))
    return Subquery(rows.order_by("-effective_on", "-booked_on", "-id").values(column)[:1])


def _truth(asked: Asked) -> Q:
    least = TRUTH_ORDER.index(Truth(asked.truth))
    return Q(truth__in=TRUTH_ORDER[least:]) if least < len(TRUTH_ORDER) - 1 else Q(truth=Truth.CONFIRMED)


def entries(asked: Asked) -> list[dict[str, Any]]:
    """The entries that stand on the lists at the date, with the ids of each project's latest profile and reading."""
    rows = ListEntry.objects.as_of(asked.as_of, known=asked.known, restated=asked.restated)
    rows = rows.filter(annual_list__in=[row.pk for row in asked.lists])
    if asked.within is not None:
        rows = rows.filter(project__in=asked.within.values("pk"))
    ranked = rows.values_list("pk", flat=True)
    year = Q(effective_on__year=asked.year) & Q(basis=asked.basis) & _truth(asked)
    found = (
        ListEntry.objects.filter(pk__in=ranked, listed=True)
        .annotate(
            profile=_latest(ProjectProfile, asked, Q()),
            reading=_latest(Reading, asked, year),
            before=_latest(Reading, asked, Q(basis=asked.basis, effective_on__year__lt=asked.year) & _truth(asked)),
        )
        .order_by("number", "pk")
        .values(*_ENTRY, "profile", "reading", "before")
    )
    return list(found)


def _by_id(model: type[Model], ids: Iterable[int | None], columns: Sequence[str]) -> dict[int, dict[str, Any]]:
    wanted = sorted({row for row in ids if row is not None})
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = model._default_manager.filter(pk__in=wanted[start : start + CHUNK])
        found.update({row["pk"]: row for row in part.values("pk", *columns)})
    return found


def _stages(asked: Asked, listed: QuerySet[Any]) -> dict[int, dict[str, date]]:
    """project → stage → the day it was reached; a return to work under "resumed"."""
    rows = StageChange.objects.filter(_standing(asked), project_id__in=listed)
    found: dict[int, dict[str, date]] = {}
    grouped = rows.values("project_id", "stage", "resumed").annotate(on=Max("effective_on")).order_by()
    for project, stage, resumed, on in grouped.values_list("project_id", "stage", "resumed", "on"):
        steps = found.setdefault(project, {})
        steps["resumed" if resumed else stage] = on
    return found


def _people(asked: Asked, role: str, column: str, listed: QuerySet[Any]) -> dict[int, int | None]:
    """project → unit or post that stands in the first slot of a role."""
    rows = Assignment.objects.as_of(asked.as_of, known=asked.known, restated=asked.restated)
    rows = rows.filter(role=role, slot=0, project_id__in=listed)
    return dict(rows.values_list("project_id", column))


def _first(steps: dict[str, date], stages: Sequence[str]) -> date | None:
    days = [steps[stage] for stage in stages if stage in steps]
    return min(days) if days else None


_RANK = {stage: place for place, stage in enumerate(Stage.values)}


def present_stage(steps: dict[str, date]) -> str:
    """The stage of the last step; of two steps on one day the further one. A return to work is under construction."""
    days = {("under_construction" if stage == "resumed" else stage): on for stage, on in steps.items()}
    if "resumed" in steps and Stage.UNDER_CONSTRUCTION in steps:
        days[Stage.UNDER_CONSTRUCTION] = max(steps["resumed"], steps[Stage.UNDER_CONSTRUCTION])
    if not days:
        return Stage.RESERVE
    return max(days, key=lambda stage: (days[stage], _RANK[stage]))


def _stage_facts(steps: dict[str, date], year: int) -> dict[str, Any]:
    stage = present_stage(steps)
    resumed = steps.get("resumed")
    return {
        "stage": stage,
        "started_on": _first(steps, _BEGUN),
        "resumed_on": resumed if resumed is not None and resumed.year == year else None,
        "suspended": stage == Stage.SUSPENDED,
        "completed_on": _first(steps, _DONE),
        "in_production_on": _first(steps, (Stage.IN_PRODUCTION, Stage.FULL_OUTPUT)),
        "full_output_on": steps.get(Stage.FULL_OUTPUT),
        "exited": stage == Stage.EXITED,
    }


def _money_facts(reading: dict[str, Any] | None, before: dict[str, Any] | None) -> dict[str, Any]:
    """This year's amount and the cumulative one, each from the other by the last reading of the years before."""
    base = before["cumulative"] if before else None
    if reading is None:
        return {"cumulative": base}
    cumulative, ytd = reading["cumulative"], reading["ytd"]
    if ytd is None and cumulative is not None:
        ytd = cumulative - (base or 0)
    if cumulative is None and base is not None and ytd is not None:
        cumulative = base + ytd
    return {
        "investment_to_date": ytd,
        "cumulative": cumulative,
        "preliminary_cost": reading["preliminary_cost"],
        "reading_on": reading["effective_on"],
        "has_problem": bool(reading["problem"]),
    }


def gather(asked: Asked, *, people: bool = True) -> list[EntryFacts]:
    """Every entry of the lists with its facts. `people=False` leaves out unit and leader where nothing needs them."""
    rows = entries(asked)
    if not rows:
        return []
    ids = ListEntry.objects.filter(annual_list__in=[row.pk for row in asked.lists]).values("project_id")
    profiles = _by_id(
        ProjectProfile, (row["profile"] for row in rows), ("region_id", "industry", "total_investment", "themes")
    )
    readings = _by_id(
        Reading,
        [row["reading"] for row in rows] + [row["before"] for row in rows],
        ("cumulative", "ytd", "preliminary_cost", "effective_on", "problem"),
    )
    steps = _stages(asked, ids)
    units = _people(asked, Role.RESPONSIBLE, "unit_id", ids) if people else {}
    leads = _people(asked, Role.LEAD, "post_id", ids) if people else {}
    themes = dict(Theme.objects.values_list("pk", "name"))
    levels = {row.pk: row.level for row in asked.lists}
    facts: list[EntryFacts] = []
    for row in rows:
        profile = profiles.get(row["profile"], {})
        project = row["project_id"]
        facts.append(
            EntryFacts(
                project_id=project,
                list_id=row["annual_list_id"],
                level=levels[row["annual_list_id"]],
                region_id=profile.get("region_id"),
                kind=row["kind"] or "preliminary",
                completes_this_year=row["completes_this_year"],
                batch=row["batch__number"],
                class_name=row["project_class__name"],
                class_parent=row["project_class__parent__name"],
                themes=tuple(themes[theme] for theme in profile.get("themes") or () if theme in themes),
                industry=profile.get("industry") or None,
                unit_id=units.get(project),
                lead_id=leads.get(project),
                planned_start=row["planned_start"],
                planned_finish=row["planned_finish"],
                planned_resume=row["planned_resume"],
                total_investment=profile.get("total_investment") or 0,
                planned_investment=row["planned_investment"] or 0,
                **_stage_facts(steps.get(project, {}), asked.year),
                **_money_facts(readings.get(row["reading"]), readings.get(row["before"])),
            )
        )
    return merge_levels(facts) if len(asked.lists) > 1 else facts
