"""Files reports, closes periods and merges workbooks one after the other; says each once it is confirmed.

python -m tests.support.filer prepare | python -m tests.support.filer FIRST | python -m tests.support.filer found

A line is "KIND NUMBER ID". What a number does follows from the number alone, so that the next writer can go on.
"""

import json
import sys
from datetime import date, time, timedelta
from importlib import import_module
from typing import Any

from guatu.config.main import set_up

PROJECTS, CLOSING_EVERY, MERGE_EVERY, CLOSINGS = 60, 7, 10, 350
NAMES = [f"示例项目{number}" for number in range(PROJECTS)] + ["长宁路改造"]


def prepare() -> None:
    """People, a list, its projects; once."""
    from tests.reporting.workbooks import asked_unit
    from tests.support.cast import make_cast

    asked_unit(make_cast(), *NAMES)


def write(first: int) -> None:
    """Write for ever."""
    number = first
    while True:
        for kind, done in _done(number):
            sys.stdout.write(f"{kind} {number} {done}\n")
            sys.stdout.flush()
        number += 1


def _done(number: int) -> Any:
    if number % CLOSING_EVERY == CLOSING_EVERY - 1 and number // CLOSING_EVERY < CLOSINGS:
        yield "closing", _closed(number // CLOSING_EVERY)
    elif number % MERGE_EVERY == MERGE_EVERY - 1:
        yield "merge", _merged(number)
    else:
        yield "report", _reported(number)


def _reported(number: int) -> str:
    from guatu.core.actor import OPERATOR
    from guatu.domain.periods import Period
    from guatu.domain.rhythm import Expected
    from guatu.library.models import Project
    from guatu.reporting.actions import submit_report
    from guatu.reporting.content import ReportContent

    period = Period.containing("day", date(2019, 1, 1) + timedelta(days=number // PROJECTS))
    project = Project.objects.select_related("region", "unit").get(name=NAMES[number % PROJECTS])
    content = ReportContent(amount=10_000, words=f"第{number}条")
    expected = Expected(period, period.end, period.end, time(17))
    report, _findings = submit_report(actor=OPERATOR, project=project, expected=expected, content=content)
    return str(report.public_id)


def _closed(place: int) -> str:
    from guatu.core.actor import OPERATOR
    from guatu.library.actions import close_period
    from guatu.library.models import AnnualList

    annual = AnnualList.objects.select_related("region").get()
    until = date(2019, 1, 1) + timedelta(days=place)
    closed = close_period(actor=OPERATOR, annual_list=annual, until=until, reason="示例")
    return str(closed.public_id)


def _merged(number: int) -> str:
    from django.test import Client

    from guatu.core import clock
    from guatu.core.actor import OPERATOR
    from guatu.library.models import Project
    from guatu.people.models import User
    from guatu.reporting.models import WorkbookReturn
    from guatu.reporting.sent.making import offers

    steps: Any = import_module("tests.reporting.test_workbooks")
    project_unit = Project.objects.select_related("unit").get(name="长宁路改造").unit
    assert project_unit is not None
    client = Client(SERVER_NAME="127.0.0.1")
    user = User.objects.get(posts__kind="reporter", posts__unit=project_unit)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    offer = next(one for one in offers(OPERATOR, project_unit, clock.today()) if one.kind == "month")
    data = steps.taken_out(client, project_unit, offer.period.code)
    back = steps.handed_in(client, steps.edited(data, 工程进展=f"第{number}次合并"))
    answer = steps.merged(client, back.url)
    assert answer.status_code == 302, answer.status_code
    return str(WorkbookReturn.objects.get(public_id=back.url.rstrip("/").rpartition("/")[2]).public_id)


def found() -> dict[str, Any]:
    """What is there: ids by kind, and what is there in part only."""
    from guatu.figures.models import Snapshot, SnapshotFact, SnapshotFigure
    from guatu.library.models import ClosedPeriod
    from guatu.reporting.models import Reading, Report, ReportEdition, WorkbookReturn

    handed_in = Report.objects.filter(kind="day").exclude(state="draft")
    editions = set(ReportEdition.objects.values_list("report_id", flat=True))
    told = set(Reading.objects.standing().filter(truth="claimed").values_list("project_id", "effective_on"))
    half = [str(row.public_id) for row in handed_in if row.pk not in editions or (row.project_id, row.on) not in told]
    for closed in ClosedPeriod.objects.all():
        kept = Snapshot.objects.filter(kind="closing", as_of=closed.until)
        facts = SnapshotFact.objects.filter(snapshot__in=kept).count()
        if kept.count() != 1 or facts != len(NAMES) or not SnapshotFigure.objects.filter(snapshot__in=kept).exists():
            half.append(str(closed.public_id))
    merges = WorkbookReturn.objects.filter(state="merged")
    if merges and not Report.objects.filter(kind="month", content__words__startswith="第").exists():
        half.append("merge")
    return {
        "report": [str(one) for one in handed_in.values_list("public_id", flat=True)],
        "closing": [str(one) for one in ClosedPeriod.objects.values_list("public_id", flat=True)],
        "merge": [str(one) for one in merges.values_list("public_id", flat=True)],
        "half": half,
        "snapshots": Snapshot.objects.filter(kind="closing").count(),
    }


if __name__ == "__main__":
    set_up()
    word = sys.argv[1]
    if word == "prepare":
        prepare()
    elif word == "found":
        sys.stdout.write(json.dumps(found()) + "\n")
    else:
        write(int(word))
