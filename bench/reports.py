"""Jobs of reporting: a report handed in, a period closed."""

import json
from datetime import date, time, timedelta
from uuid import uuid4

from django import forms
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bench.district import AS_OF, District
from bench.floors import keep_facts
from bench.registry import Aim, Work, job
from guatu.core import clock
from guatu.core.actor import Actor, Way
from guatu.core.models import TrailEntry
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected
from guatu.library.actions import close_period
from guatu.library.models import AnnualList, Project
from guatu.people.choices import PostKind
from guatu.reporting.actions import submit_report
from guatu.reporting.choices import Truth
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Reading, Report

WAN = 10_000
FIVE = time(17)
LAST_WEEK = AS_OF - timedelta(days=7)


def _office(district: District) -> Actor:
    return Actor(post_kind=PostKind.OFFICE_HEAD, way=Way.PAGE, user_id=district.user_id, region_path="410000/")


class _Row(models.Model):
    """A row of the floor's own table."""

    said = models.TextField()
    amount = models.BigIntegerField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_floor"

    def __str__(self) -> str:
        return self.said


class _Form(forms.Form):
    amount = forms.IntegerField(min_value=0)
    words = forms.CharField(max_length=200)
    problem = forms.CharField(max_length=200, required=False)


def _view(request: HttpRequest, project: Project, number: int) -> HttpResponse:
    """A form view as it is written by hand: a report, its reading and a line of the trail, in one transaction.

    In the tables in which the product's rows lie: what their indexes cost is no fault of the action.
    """
    form = _Form(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    amount, words, now = form.cleaned_data["amount"], form.cleaned_data["words"], clock.now()
    on = LAST_WEEK - timedelta(days=60)  # a day of which the action tells nothing
    dated = {"effective_on": on, "booked_on": on, "recorded_at": now}
    said = {"amount": amount, "words": words}
    with transaction.atomic():
        Report.objects.create(
            project=project, kind="day", period=str(on), start=on, end=on, on=on, content=said, submitted_at=now
        )
        Reading.objects.create(project=project, truth=Truth.CLAIMED, ytd=amount, words=words, **dated)
        TrailEntry.objects.create(
            id=uuid4(),
            number=-number,
            action="bench",
            at=now,
            params=json.dumps(said),
            changes_count=2,
            digest="0" * 64,
        )
    return HttpResponse()


def _table() -> None:
    with connection.schema_editor() as editor:
        if _Row._meta.db_table not in connection.introspection.table_names():
            editor.create_model(_Row)


@job(
    "one report submitted, with trail",
    floor="a form view that writes three rows of the same tables in one transaction",
    aim=Aim(times=2),
)
def report_submitted(district: District) -> Work:
    """Each run hands in the week's report of another project: claimed, with its edition and the trail's entry."""
    actor, factory = _office(district), RequestFactory()
    ids = Project.objects.filter(region_id=district.region_ids[0]).values_list("pk", flat=True)
    listed = list(Project.objects.filter(pk__in=ids[:200]).select_related("region", "unit"))
    projects, others = iter(listed), enumerate(listed, start=1)
    period = Period.containing("week", LAST_WEEK)
    expected = Expected(period, period.end, period.end + timedelta(days=3), FIVE)

    def run() -> None:
        content = ReportContent(amount=80 * WAN, words="管网施工")
        submit_report(actor=actor, project=next(projects), expected=expected, content=content)

    def floor() -> HttpResponse:
        number, project = next(others)
        return _view(factory.post("/", {"amount": "800000", "words": "管网施工", "problem": ""}), project, number)

    return Work(run, floor)


@job("period close", floor="one INSERT … SELECT of the same facts, a row a project", aim=Aim(times=10), most=5_000)
def period_closed(district: District) -> Work:
    """Each run locks one more day: the checks, every project's facts with lights, the figures of eight cuts, the trail.

    The floor keeps of every project what a closing has to keep but for its light: a statement that copied one amount
    would not be a closing. It checks nothing, counts no figure, and digests nothing.
    """
    _table()
    actor, annual_list = _office(district), AnnualList.objects.select_related("region").get(pk=district.list_id)

    days = (date(AS_OF.year, 1, 1) + timedelta(days=number) for number in range(AS_OF.timetuple().tm_yday - 1))

    def run() -> None:
        close_period(actor=actor, annual_list=annual_list, until=next(days), reason="示例")

    def floor() -> None:
        assert keep_facts(district.list_id, AS_OF) >= district.projects * 0.9, "the floor keeps fewer projects"

    return Work(run, floor)
