"""Plans of nodes: which projects have one, from which template, when nodes are reported, which plans were changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from guatu.demo import trades
from guatu.demo.model import AnyDeed, NodeNews, Plans, ProjectPlan, Register, Replan
from guatu.demo.seasons import meeting_after, moment

PAPERS_AFTER = timedelta(days=60)  # from registration to the approved plan
UNPLANNED = 29  # one project in so many has no plan yet
TEMPLATES: Mapping[tuple[str, str], str] = {
    (trades.RENEWAL, "老旧小区改造"): "old_housing",
    (trades.INDUSTRY, "先进制造"): "plant",
    (trades.INDUSTRY, "产业园区"): "plant",
    (trades.BASE, "道路交通"): "road",
    (trades.BASE, "市政管网"): "road",
    (trades.SERVICE, "文旅融合"): "street",
    (trades.SERVICE, "现代物流"): "plant",
    (trades.GREEN, "河湖治理"): "road",
    (trades.GREEN, "公园绿地"): "street",
}
REASONS = ("征地腾地推迟，关键线路顺延", "管线迁改方案变更", "设计变更后重新报审", "资金到位推迟，分段实施")


def deeds(
    projects: Sequence[ProjectPlan], done: Sequence[AnyDeed], gone: Mapping[int, date], today: date
) -> list[AnyDeed]:
    """Plans some weeks after registration, news of nodes after each month, and the plans that were changed since."""
    found: list[AnyDeed] = []
    planned: dict[int, date] = {}
    for deed in done:
        if not isinstance(deed, Register):
            continue
        at = deed.at + PAPERS_AFTER
        numbers = [number for number in deed.projects if number % UNPLANNED and gone.get(number, date.max) > at.date()]
        rows = [projects[number - 1] for number in numbers]
        found.append(
            Plans(
                at=at,
                projects=tuple(numbers),
                templates=tuple(TEMPLATES.get(row.group, "building") for row in rows),
                document=f"西重项办〔{at.year}〕6号（演示）",
            )
        )
        planned.update(dict.fromkeys(numbers, at.date()))
    found += [NodeNews(at=moment(day, 17, 30), until=day) for day in _news(planned, today)]
    found += _replans(projects, planned, gone, today)
    return found


def _news(planned: Mapping[int, date], today: date) -> Iterator[date]:
    """The second of each month from the first plans on, and the last meeting before today."""
    first = min(planned.values(), default=today)
    day = first.replace(day=2)
    while day < today:
        if day > first:
            yield day
        day = (day + timedelta(days=32)).replace(day=2)
    yield today - timedelta(days=1)


def _replans(
    projects: Sequence[ProjectPlan], planned: Mapping[int, date], gone: Mapping[int, date], today: date
) -> Iterator[Replan]:
    """Of the projects that are really late, every second had its plan changed; one change waits for its approval."""
    late = [
        project
        for project in projects
        if project.number in planned
        and project.schedule.finish > today
        and project.schedule.finish > project.schedule.planned_finish + timedelta(days=45)
        and project.schedule.start < today - timedelta(days=60)
        and project.number not in gone
    ]
    for place, project in enumerate(late[::2]):
        begun = max(planned[project.number], project.schedule.start) + timedelta(days=30)
        on = meeting_after(max(begun, today - timedelta(days=40 + place * 37 % 240)))
        waits = place == 0
        at = moment(today - timedelta(days=2), 15, 0) if waits else moment(on, 15, place % 60)
        if at.date() < today:
            yield Replan(
                at=at,
                project=project.number,
                reason=REASONS[place % len(REASONS)],
                document=f"西重项办〔{at.year}〕{20 + place}号（演示）",
                waits=waits,
            )
