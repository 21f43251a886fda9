"""Reading evidence: of a report, a node, a project; what is still lacking; open findings."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.domain.evidence import FIGURES, Piece, Rule, Step, Wanted, lacking, lacking_figure
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates
from guatu.reporting.choices import Basis, EvidenceKind, FindingState, ReportKind
from guatu.reporting.content import from_json
from guatu.reporting.evidence.ready import FIGURE_WORDS, parsed, rules_in_force
from guatu.reporting.models import Evidence, EvidenceFinding, HeldValue, Reading, Report
from guatu.reporting.policies import visible_evidence, visible_findings


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing: of which node, or of which figure of which report; which wish, and how many."""

    node: Node | None
    wanted: Wanted
    count: int
    figure: str = ""
    report: Report | None = None

    @property
    def words(self) -> str:
        """For what it is asked: the node's name, or the figure in words with its period."""
        if self.node is not None:
            return self.node.name
        period = Period.parse(self.report.period).label_zh if self.report is not None else ""
        return f"{period} {FIGURE_WORDS[self.figure]}".strip()

    @property
    def kinds_words(self) -> str:
        """The kinds that would do, in words."""
        return _("或").join(str(EvidenceKind(kind).label) for kind in self.wanted.kinds)


def pieces_of(rows: Iterable[Evidence]) -> list[Piece]:
    """What stands of evidence, as the rules see it."""
    return [Piece(row.kind, bool(row.number)) for row in rows if not row.withdrawn]


def done_nodes(project: Project, day: date) -> list[Node]:
    """The project's nodes that are done by a day, in the plan's order."""
    rows = NodeDates.objects.filter(node__plan__project=project, node__withdrawn=False, sort=Dates.ACTUAL)
    done = {row.node_id for row in rows.as_of(day, restated=True) if row.finish is not None and row.finish <= day}
    return list(Node.objects.filter(pk__in=done).order_by("order", "pk"))


def lacks_of_project(project: Project) -> list[Lack]:
    """What the project's done nodes still lack today, node by node, and the figures of its last monthly report."""
    rules = parsed(rules_in_force(project.region, clock.today()))
    nodes = done_nodes(project, clock.today())
    there: dict[int, list[Evidence]] = {}
    for row in Evidence.objects.filter(node__in=nodes, withdrawn=False):
        there.setdefault(row.node_id or 0, []).append(row)
    found = [lack for node in nodes for lack in _of_node(rules, node, there.get(node.pk, []))]
    if not any(rule.figure for rule in rules):
        return found
    last = Report.objects.filter(project=project, kind=ReportKind.MONTH).exclude(edition=0).order_by("-on").first()
    return found + (lacks_of_report(last) if last is not None else [])


def _of_node(rules: Iterable[Rule], node: Node, rows: Iterable[Evidence]) -> list[Lack]:
    step = Step(node.name, node.opens, node.closes)
    return [Lack(node, wanted, count) for wanted, count in lacking(rules, step, pieces_of(rows))]


def lacks_of_node(node: Node) -> list[Lack]:
    """What one node lacks today; nothing while it is not done."""
    project = node.plan.project
    if node not in done_nodes(project, clock.today()):
        return []
    rules = parsed(rules_in_force(project.region, clock.today()))
    return _of_node(rules, node, Evidence.objects.filter(node=node, withdrawn=False))


def lacks_of_report(report: Report) -> list[Lack]:
    """What a monthly report's figures lack; a day, a week or ten days are never asked for papers."""
    if report.kind not in (ReportKind.MONTH, ReportKind.QUARTER):
        return []
    rules = parsed(rules_in_force(report.project.region, clock.today()))
    asked = {rule.figure for rule in rules if rule.figure}
    if not asked:
        return []
    told = _figures_told(report, asked)
    pieces = pieces_of(Evidence.objects.filter(report=report, withdrawn=False))
    return [
        Lack(None, wanted, count, figure, report)
        for figure in FIGURES
        if figure in told
        for wanted, count in lacking_figure(rules, figure, pieces)
    ]


def _figures_told(report: Report, asked: Collection[str]) -> set[str]:
    """The figures that are told of the report's period: by the report itself, and by statistics or payment, whose
    readings and sheets the office takes in (the payment of a bill is Funds' own).
    """
    content = from_json(report.content)
    says = {"money": content.says_money, "percent": content.percent is not None}
    found = {figure for figure, told in says.items() if told}
    wanted = {str(basis) for basis in (Basis.PAYMENT, Basis.STATISTICS)}.intersection(asked)
    if wanted:
        period = Period.parse(report.period)
        rows = Reading.objects.filter(project_id=report.project_id, basis__in=wanted)
        found |= set(
            rows.filter(effective_on__range=(period.start, period.end)).standing().values_list("basis", flat=True)
        )
        held = HeldValue.objects.filter(project_id=report.project_id, period=report.period, withdrawn=False)
        sources = held.values_list("source", flat=True)
        found |= wanted.intersection(source.partition(".")[0] for source in sources)
    return found


def shown_of(actor: Actor, **about: object) -> QuerySet[Evidence]:
    """The standing pieces of a report, node or project that the actor may see, the newest day first."""
    return visible_evidence(actor).filter(withdrawn=False, **about).order_by("-on", "-pk")


def open_findings(actor: Actor) -> QuerySet[EvidenceFinding]:
    """The findings that wait for the actor, of pieces that stand, the oldest first."""
    rows = visible_findings(actor).filter(state=FindingState.OPEN, evidence__withdrawn=False)
    return rows.order_by("pk")
