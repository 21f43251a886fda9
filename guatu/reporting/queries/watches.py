"""What stands of a watch: who is asked on a day, and what they said."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.domain import watch
from guatu.domain.rhythm import Asks, Rhythm, read_rhythm
from guatu.domain.rhythm import Member as Listed
from guatu.domain.stages import OVER
from guatu.library.models import ListEntry, Project
from guatu.library.policies import visible_projects
from guatu.library.queries.lists import entries_of_projects, ruling_entry
from guatu.library.queries.projects import parts
from guatu.people.queries import calendar_for
from guatu.reporting.models import Campaign, CampaignDay
from guatu.reporting.policies import visible_watches

VIEW, CLAIM = "reporting.view_readings", "reporting.claim"


@dataclass(frozen=True, slots=True)
class Asked:
    """A project that is asked, and what decides what is asked of it."""

    project: Project
    member: watch.Member


@dataclass(frozen=True, slots=True)
class Standing:
    """A watch on a day as an actor sees it: the projects that are asked and everything they said up to that day."""

    campaign: Campaign
    fields: tuple[watch.Field, ...]
    asked: tuple[Asked, ...]
    rows: dict[tuple[int, date], CampaignDay]
    said: dict[int, dict[date, dict[str, watch.Value]]]

    @property
    def members(self) -> tuple[watch.Member, ...]:
        """Who is asked, as the domain reads it."""
        return tuple(one.member for one in self.asked)

    def due(self, day: date) -> list[watch.Member]:
        """Who is to report on a day."""
        return watch.due(self.fields, self.members, day)

    @property
    def projects(self) -> dict[int, Project]:
        """The projects by id."""
        return {one.project.pk: one.project for one in self.asked}


def rhythm_of(campaign: Campaign) -> Rhythm | None:
    """The day rule of a watch: whom it asks, when a day is due and until when it may be handed in late."""
    rule = campaign.rules.order_by("-edition").first()
    return read_rhythm(rule.kind, rule.rule) if rule is not None else None


def asks_of(campaign: Campaign) -> Asks:
    """Whom a watch asks, by its day rule."""
    rhythm = rhythm_of(campaign)
    return rhythm.asks if rhythm is not None else Asks()


def open_days(campaign: Campaign) -> tuple[date, ...]:
    """The days of a watch whose sheets may be written now, the newest first; none of one that was withdrawn."""
    rhythm = rhythm_of(campaign)
    if campaign.withdrawn or rhythm is None:
        return ()
    calendar, now = calendar_for(campaign.region, closures=False), clock.local(clock.now()).replace(tzinfo=None)
    return watch.open_days(campaign.starts_on, campaign.ends_on, now, lambda day: rhythm.open_until(day, calendar))


def shuts(campaign: Campaign, day: date) -> datetime | None:
    """Until when a day of a watch may be handed in late, in the office's time."""
    rhythm = rhythm_of(campaign)
    calendar = calendar_for(campaign.region, closures=False)
    return rhythm.open_until(day, calendar) if rhythm is not None else None


def asked_on(actor: Actor, campaign: Campaign, day: date, right: str = VIEW) -> list[Asked]:
    """The projects that a watch asks on a day, of those within which the actor holds a right; by unit and name.

    Those that stand on its list, or on any list of the day's year in its region, and where it holds against the plan
    those planned before its end; what is over is never asked, what rests is: whether work resumed is the question.
    """
    rows = visible_projects(actor, right).filter(region__path__startswith=campaign.region.path).exclude(stage__in=OVER)
    projects = list(rows.select_related("region", "unit").order_by("unit__name", "sort_key", "pk"))
    entries = {key: entry for key, found in _entries(projects, day).items() if (entry := _entry(found, campaign, day))}
    planning = {entry.annual_list_id for entry in entries.values() if entry.planned_resume is not None}
    asks = asks_of(campaign)
    listed = [
        Asked(project, _member(project, entry, campaign, list_plans=entry.annual_list_id in planning))
        for project in projects
        if (entry := entries.get(project.pk)) is not None and asks.names(_listed(project, entry))
    ]
    within = watch.due(watch.read_fields(campaign.fields), [one.member for one in listed], campaign.ends_on)
    kept = {member.project for member in within}
    return [one for one in listed if one.project.pk in kept]


def _entries(projects: Sequence[Project], day: date) -> dict[int, list[ListEntry]]:
    return entries_of_projects([project.pk for project in projects], day)


def _entry(found: Iterable[ListEntry], campaign: Campaign, day: date) -> ListEntry | None:
    if campaign.annual_list_id is not None:
        return next((row for row in found if row.annual_list_id == campaign.annual_list_id), None)
    return ruling_entry(found, day.year)


def _listed(project: Project, entry: ListEntry) -> Listed:
    return Listed(entry.annual_list.level, entry.kind or "preliminary", project.stage, project=str(project.public_id))


def _member(project: Project, entry: ListEntry, campaign: Campaign, *, list_plans: bool) -> watch.Member:
    planned = watch.planned_day(
        entry.kind, entry.planned_start, entry.planned_resume, list_plans=list_plans, starts=campaign.starts_on
    )
    return watch.Member(project.pk, project.unit_id, planned)


def rows_of(campaign: Campaign, projects: Collection[int], until: date) -> dict[tuple[int, date], CampaignDay]:
    """What projects said of a watch up to a day, by project and day."""
    found: dict[tuple[int, date], CampaignDay] = {}
    for part in parts(projects):
        rows = CampaignDay.objects.standing().filter(campaign=campaign, project_id__in=part, effective_on__lte=until)
        found.update({(row.project_id, row.effective_on): row for row in rows.order_by("booked_on", "pk")})
    return found


def standing(actor: Actor, campaign: Campaign, day: date, right: str = VIEW) -> Standing:
    """A watch on a day; a bounded number of queries whatever the number of projects."""
    asked = tuple(asked_on(actor, campaign, day, right))
    rows = rows_of(campaign, [one.project.pk for one in asked], day)
    said: dict[int, dict[date, dict[str, watch.Value]]] = {}
    for (project, on), row in rows.items():
        if row.values:  # a line that was emptied again says nothing
            said.setdefault(project, {})[on] = row.values
    return Standing(campaign, watch.read_fields(campaign.fields), asked, rows, said)


def running(actor: Actor, day: date) -> list[Campaign]:
    """The watches that run on a day, of those that the actor sees; the one that ends first at the head."""
    return _running(actor=actor, day=day)


@prepared
def _running(actor: Actor, day: date) -> QuerySet[Campaign]:
    return visible_watches(actor).filter(starts_on__lte=day, ends_on__gte=day).order_by("ends_on", "pk")
