"""Figures of a list at any date, as known on any day, from one function."""

from datetime import date, datetime
from decimal import Decimal
from itertools import zip_longest

import pytest

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.figures.actions import take_snapshot
from guatu.figures.models import SnapshotFigure
from guatu.figures.queries.answers import as_json, ask, behind, figures
from guatu.figures.queries.memo import forget
from guatu.figures.queries.project_months import project_months
from guatu.figures.queries.series import months
from guatu.library.models import ListEntry
from guatu.people.models import Post, Unit
from guatu.reporting.models import Reading
from guatu.reporting.queries import months_of
from tests.figures.conftest import YI

END = date(2019, 3, 31)


def at(district, day=END, **settings):
    return ask(OPERATOR, [district.annual_list], day, **settings)


def whole(district, day=END, **settings):
    return figures(OPERATOR, at(district, day, **settings)).whole.values


def test_the_lists_figures_at_the_end_of_march(march):
    values = whole(march)
    assert (values["projects"], values["total_investment"], values["planned_investment"]) == (4, 65 * YI, 10 * YI)
    assert values["investment_to_date"] == 3 * YI
    assert values["investment_rate"] == Decimal("30.00")
    assert values["lead"] == Decimal("5.00")
    assert (values["new_starts_planned"], values["started"], values["start_rate"]) == (3, 3, Decimal("66.67"))
    assert (values["under_construction"], values["resumed"]) == (3, 1)
    assert (values["with_problems"], values["unreported"]) == (1, 1)


def test_a_figure_uses_the_last_reading_on_or_before_the_date_and_is_never_interpolated(march):
    assert whole(march, date(2019, 3, 30))["investment_to_date"] == YI // 2
    assert whole(march, date(2019, 2, 27))["investment_to_date"] == 0
    assert whole(march, date(2019, 2, 27))["started"] == 2


def test_a_continuing_projects_cumulative_amount_is_not_this_years_while_the_year_before_is_unknown(district):
    project = district.project("戊", total=YI, planned=YI, kind="continuing")
    district.stage(project, "under_construction", date(2017, 5, 1))
    district.reading(project, END, cumulative=9 * YI)
    assert whole(district)["investment_to_date"] == 0
    assert whole(district)["cumulative_investment"] == 9 * YI
    district.reading(project, date(2018, 12, 31), cumulative=8 * YI)
    forget()
    assert whole(district)["investment_to_date"] == YI


def test_as_known_on_a_day_nothing_recorded_later_counts(march):
    assert whole(march, known=date(2019, 1, 4))["projects"] == 0
    Reading.objects.filter(effective_on=END, project=march.projects["甲"]).update(
        superseded_at=datetime(2019, 4, 20, tzinfo=clock.ZONE)
    )
    march.at = datetime(2019, 4, 20, tzinfo=clock.ZONE)
    march.reading(march.projects["甲"], END, ytd=YI)
    forget()
    assert whole(march)["investment_to_date"] == 5 * YI // 2
    assert whole(march, known=date(2019, 4, 19))["investment_to_date"] == 3 * YI


def test_a_correction_of_a_closed_period_counts_as_booked_from_its_booking_and_restated_where_it_belongs(march):
    march.reading(march.projects["甲"], END, ytd=YI, booked=date(2019, 4, 10))
    forget()
    assert whole(march)["investment_to_date"] == 3 * YI
    assert whole(march, restated=True)["investment_to_date"] == 5 * YI // 2
    assert whole(march, date(2019, 4, 30))["investment_to_date"] == 5 * YI // 2


def test_bases_are_never_mixed(march):
    march.reading(march.projects["甲"], END, ytd=YI // 4, basis="payment")
    forget()
    assert whole(march)["investment_to_date"] == 3 * YI
    assert whole(march, basis="payment")["investment_to_date"] == YI // 4


def test_claimed_readings_count_only_when_asked_for(march):
    march.reading(march.projects["丙"], END, ytd=YI, truth="claimed")
    forget()
    assert whole(march)["investment_to_date"] == 3 * YI
    assert whole(march, truth="claimed")["investment_to_date"] == 4 * YI


@pytest.mark.parametrize("by", [("class",), ("kind",), ("unit",), ("stage",), ("class", "kind"), ("region", "leader")])
def test_a_cut_adds_up_to_the_whole_and_every_figure_opens_to_rows_that_add_up_to_it(march, by):
    unit = Unit.objects.create(name="区住建局", region=march.region)
    march.assign(march.projects["甲"], "responsible", unit=unit)
    post = Post.objects.create(kind="leader", title="副区长", holder="梁", region=march.region)
    march.assign(march.projects["乙"], "lead", post=post)
    forget()
    answer = figures(OPERATOR, at(march), by)
    for code in ("projects", "planned_investment", "investment_to_date", "started"):
        assert sum(row.values[code] for row in answer.rows) == whole(march)[code]
    for row in answer.rows:
        opened = behind(OPERATOR, at(march), "investment_to_date", row.named_group())
        assert sum(entry.investment_to_date for entry in opened) == row.values["investment_to_date"]
        assert len(behind(OPERATOR, at(march), "started", row.named_group())) == row.values["started"]


def test_a_cut_by_theme_says_that_it_does_not_add_up(march):
    answer = as_json(figures(OPERATOR, at(march), ("theme",)))
    assert not answer["additive"]
    assert [row["group"]["theme"] for row in answer["rows"]] == ["都市圈", None]


def test_an_entry_that_left_the_list_counts_until_the_day_it_left(march):
    entry = ListEntry.objects.get(project=march.projects["乙"])
    entry.pk, entry.listed = None, False
    entry.effective_on = entry.booked_on = date(2019, 3, 20)
    entry.save(force_insert=True)
    forget()
    assert whole(march)["projects"] == 3
    assert whole(march, date(2019, 3, 19))["projects"] == 4


def test_the_months_add_up_to_the_investment_to_date(march):
    for reading in Reading.objects.filter(ytd=None, effective_on=END):
        Reading.objects.filter(pk=reading.pk).update(ytd=YI // 2 if reading.project.name == "乙" else YI)
    rows = months(at(march))
    assert [row.done for row in rows] == [0, YI // 2, 5 * YI // 2]
    assert rows[-1].to_date == whole(march)["investment_to_date"]


def test_months_of_the_list_of_each_project_and_on_its_page_agree(march):
    """Two readings in one month, a month without, a fall, and two bookings of one day."""
    for name, on, ytd in (
        ("甲", date(2019, 1, 7), 5 * YI // 10),
        ("乙", date(2019, 1, 10), 3),
        ("乙", date(2019, 1, 28), 7),
        ("丙", date(2019, 3, 2), 9),
        ("丙", date(2019, 3, 20), 4),
    ):
        march.reading(march.projects[name], on, ytd=ytd)
    march.reading(march.projects["甲"], date(2019, 2, 28), ytd=YI, booked=date(2019, 3, 5))
    for reading in Reading.objects.filter(ytd=None, effective_on=END):
        Reading.objects.filter(pk=reading.pk).update(ytd=YI)
    asked = at(march)
    done = project_months(asked)
    pages = {key: months_of(key)[2019] for key in done}
    assert done
    assert all(list(done[key]) == [amount or 0 for amount in pages[key][: len(done[key])]] for key in done)
    assert [row.done for row in months(asked)] == [sum(one) for one in zip_longest(*done.values(), fillvalue=0)]


def test_a_snapshot_stays_as_it_was_when_the_data_change(march):
    snapshot = take_snapshot(actor=OPERATOR, annual_list=march.annual_list, name="常委会 3月26日 22:00", as_of=END)
    kept = list(SnapshotFigure.objects.filter(snapshot=snapshot).order_by("pk").values())
    march.reading(march.projects["丙"], END, ytd=YI)
    forget()
    assert whole(march)["investment_to_date"] == 4 * YI
    assert list(SnapshotFigure.objects.filter(snapshot=snapshot).order_by("pk").values()) == kept
    figure = SnapshotFigure.objects.get(snapshot=snapshot, cut="", indicator="investment_to_date")
    assert (figure.value, figure.printed) == (str(3 * YI), "3.00")
    with pytest.raises(Refusal):
        take_snapshot(actor=OPERATOR, annual_list=march.annual_list, name="常委会 3月26日 22:00", as_of=END)


@pytest.mark.parametrize(
    ("by", "code"),
    [(("moon",), "figures.unknown_dimension"), (("class",) * 2, None)],
)
def test_an_impossible_cut_is_refused_with_the_reason(march, by, code):
    with pytest.raises(Refusal) as refusal:
        figures(OPERATOR, at(march), by)
    assert refusal.value.code == (code or "figures.too_many_dimensions")
