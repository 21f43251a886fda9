"""What the system asks about reports, in words: the checks that ask where they are typed, never a verdict."""

from collections.abc import Sequence

from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.reporting.content import from_json
from guatu.reporting.desk.known import checks_of, figures_of
from guatu.reporting.desk.words import asked
from guatu.reporting.models import Report


def questions_of(reports: Sequence[Report]) -> dict[int, list[str]]:
    """By report id, what is to be asked of it, in sentences; the number of queries grows with the periods only."""
    by_period: dict[str, dict[int, Project]] = {}
    for report in reports:
        by_period.setdefault(report.period, {})[report.project_id] = report.project
    known = {code: figures_of(list(projects.values()), Period.parse(code)) for code, projects in by_period.items()}
    return {
        report.pk: [
            asked(check) for check in checks_of(from_json(report.content), known[report.period][report.project_id])
        ]
        for report in reports
    }
