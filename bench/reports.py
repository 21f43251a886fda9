"""Jobs of reporting: a report handed in, a period closed."""

from datetime import date, time, timedelta

from django import forms
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bench.district import AS_OF, District
from bench.registry import Aim, Work, job
from guatu.core.actor import Actor, Way
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected
from guatu.library.actions import close_period
from guatu.library.models import AnnualList, Project
from guatu.people.choices import PostKind
from guatu.reporting.actions import submit_report
from guatu.reporting.content import ReportContent

WAN = 10_000
FIVE = time(17)
LAST_WEEK = AS_OF - timedelta(days=7)


def _office(district: District) -> Actor:
    return Actor(post_kind=PostKind.OFFICE_HEAD, way=Way.PAGE, user_id=district.user_id, region_path="410000/")


class _Row(models.Model):
    """A row of the floor's own table."""

    said = models.CharField(max_length=200)
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


def _view(request: HttpRequest) -> HttpResponse:
    """A form view as it is written by hand: three rows in one transaction."""
    form = _Form(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    with transaction.atomic():
        for said in (form.cleaned_data["words"], form.cleaned_data["problem"], "trail"):
            _Row._default_manager.create(said=said, amount=form.cleaned_data["amount"])
    return HttpResponse()


def _table() -> None:
    with connection.schema_editor() as editor:
        if _Row._meta.db_table not in connection.introspection.table_names():
            editor.create_model(_Row)


@job(
    "one report submitted, with trail", floor="a form view that writes three rows in one transaction", aim=Aim(times=2)
)
def report_submitted(district: District) -> Work:
    """Each run hands in the week's report of another project: claimed, with its edition and the trail's entry."""
    _table()
    actor, factory = _office(district), RequestFactory()
    ids = Project.objects.filter(region_id=district.region_ids[0]).values_list("pk", flat=True)
    projects = iter(list(Project.objects.filter(pk__in=ids[:200]).select_related("region", "unit")))
    period = Period.containing("week", LAST_WEEK)
    expected = Expected(period, period.end, period.end + timedelta(days=3), FIVE)

    def run() -> None:
        content = ReportContent(amount=80 * WAN, words="管网施工")
        submit_report(actor=actor, project=next(projects), expected=expected, content=content)

    def floor() -> HttpResponse:
        return _view(factory.post("/", {"amount": "800000", "words": "管网施工", "problem": ""}))

    return Work(run, floor)


KEPT = """
INSERT INTO bench_floor (said, amount)
SELECT 'fact', COALESCE(reading.ytd, 0)
FROM library_listentry entry
LEFT JOIN reporting_reading reading ON reading.id = (
    SELECT id FROM reporting_reading
    WHERE project_id = entry.project_id AND basis = 'dispatch' AND truth = 'confirmed'
    AND superseded_at IS NULL AND effective_on <= %(day)s
    ORDER BY effective_on DESC, booked_on DESC, id DESC LIMIT 1)
WHERE entry.annual_list_id = %(list)s AND entry.superseded_at IS NULL
"""


@job("period close", floor="one INSERT … SELECT of a row a project", aim=Aim(times=10), most=5_000)
def period_closed(district: District) -> Work:
    """Each run locks one more day: the checks, every project's facts, the figures of seven cuts."""
    _table()
    actor, annual_list = _office(district), AnnualList.objects.select_related("region").get(pk=district.list_id)

    days = (date(AS_OF.year, 1, 1) + timedelta(days=number) for number in range(AS_OF.timetuple().tm_yday - 1))

    def run() -> None:
        close_period(actor=actor, annual_list=annual_list, until=next(days), reason="示例")

    def floor() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(KEPT, {"day": AS_OF, "list": district.list_id})

    return Work(run, floor)
