"""Regions and units: made on first use, confirmed, merged, succeeded; names as ledgers print them."""

from datetime import date

import pytest

from guatu.core import clock, trail
from guatu.core.actor import OPERATOR
from guatu.core.models import TrailEntry
from guatu.core.refusals import Conflict, Refusal
from guatu.core.registries import _DUTIES, register_duty
from guatu.people import actions, policies
from guatu.people.choices import UnitKind
from guatu.people.models import Region, Unit
from guatu.people.naming import guess_kind, masked_phone

pytestmark = pytest.mark.django_db


def code_of(call, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    assert str(refusal.value)  # the sentence has all its parameters
    return refusal.value.code


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("410303", "410000/410300/410303/"),
        ("410303004", "410000/410300/410303/410303004/"),
        ("110101", "110000/110100/110101/"),
        ("419001", "410000/419000/419001/"),
        ("410000", "410000/"),
    ],
)
def test_a_code_is_made_on_first_use_with_its_parents_to_be_confirmed(code, path):
    region = actions.ensure_region(actor=OPERATOR, code=code)
    assert region.path == path
    assert not Region.objects.filter(confirmed=True).exists()
    assert actions.ensure_region(actor=OPERATOR, code=code).pk == region.pk
    assert Region.objects.get(code=code[:2] + "0000").name != code[:2] + "0000"
    assert Region.objects.count() == path.count("/")


@pytest.mark.parametrize("code", ["", "4103", "410003", "990000", "41030x", "4103030040", "洛阳市"])
def test_a_code_that_is_malformed_or_of_no_province_is_refused_and_makes_nothing(code):
    assert code_of(actions.ensure_region, actor=OPERATOR, code=code) == "people.region_code"
    assert not Region.objects.exists()


def test_a_confirmed_name_is_not_overwritten_by_a_ledger(cast):
    actions.ensure_region(actor=OPERATOR, code="410303", name="西工")
    assert Region.objects.get(code="410303").name == "西工区"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("区住房和城乡建设局", UnitKind.DEPARTMENT),
        ("王城路街道办事处", UnitKind.STREET),
        ("红山乡", UnitKind.STREET),
        ("白马寺镇人民政府", UnitKind.STREET),
        ("手续办理专班", UnitKind.TASK_FORCE),
        ("小街复兴项目指挥部", UnitKind.TASK_FORCE),
        ("重点项目建设领导小组", UnitKind.LEADING_GROUP),
        ("重点项目建设领导小组办公室", UnitKind.OFFICE),
        ("区重点项目服务中心", UnitKind.OFFICE),
        ("洛阳工业园区管委会", UnitKind.COMMITTEE),
        ("西工区城市建设投资集团有限公司", UnitKind.PLATFORM),
        ("示例置业有限公司", UnitKind.OWNER),
        ("示例工程监理有限公司", UnitKind.SUPERVISOR_FIRM),
        ("工商银行西工支行", UnitKind.BANK),
    ],
)
def test_a_units_kind_is_guessed_from_its_name(name, kind):
    assert guess_kind(name) == kind


def test_units_that_a_ledger_names_are_found_by_full_and_short_name_and_made_when_unknown(cast):
    housing = cast.unit("housing")
    actions.rename_unit(actor=OPERATOR, unit=housing, name=housing.name, short_name="区住建局")
    names = ["区 住建局", "区住房和城乡建设局", "市重点项目建设办公室", "红山街道"]
    found = actions.ensure_units(actor=OPERATOR, names=names, region=cast.region("district"))
    assert found["区 住建局"] == found["区住房和城乡建设局"] == housing
    assert found["市重点项目建设办公室"] == cast.unit("city_office")  # the city's, not one more of the district
    assert (found["红山街道"].kind, found["红山街道"].confirmed) == (UnitKind.STREET, False)
    before = TrailEntry.objects.count()
    assert actions.ensure_units(actor=OPERATOR, names=names, region=cast.region("district")) == found
    assert TrailEntry.objects.count() == before  # nothing new, nothing written


def test_a_unit_that_was_merged_or_succeeded_answers_with_the_one_in_its_place(cast, monkeypatch):
    moved = []
    monkeypatch.setitem(_DUTIES, "people.unit_merged", [])
    register_duty("people.unit_merged", "test", 1, lambda **context: moved.append(context["into"]))
    stray = actions.ensure_units(actor=OPERATOR, names=["住建部门"], region=cast.region("district"))["住建部门"]
    actions.merge_unit(actor=cast.actor("office"), unit=stray, into=cast.unit("housing"))
    assert moved == [cast.unit("housing")]
    again = actions.ensure_units(actor=OPERATOR, names=["住建部门"], region=cast.region("district"))["住建部门"]
    assert again == cast.unit("housing")

    new = actions.add_unit(actor=OPERATOR, name="区住建交通局", region=cast.region("district"))
    actions.succeed_unit(
        actor=cast.actor("office"), unit=again, successor=new, on=clock.today(), document="西编〔2019〕1号"
    )
    assert actions.ensure_units(actor=OPERATOR, names=["住建部门"], region=cast.region("district"))["住建部门"] == new
    assert Unit.objects.get(pk=again.pk).name == "区住房和城乡建设局"  # history stays


def test_a_confirmed_unit_is_not_merged_away_as_a_spelling(cast):
    assert (
        code_of(actions.merge_unit, actor=OPERATOR, unit=cast.unit("housing"), into=cast.unit("commerce"))
        == "people.merge_confirmed"
    )


def test_a_unit_of_another_region_is_out_of_reach(cast):
    other = cast.unit("other_office")
    for name in ("rename_unit", "confirm_unit"):
        extra = {"name": "别名"} if name == "rename_unit" else {}
        assert code_of(getattr(actions, name), actor=cast.actor("office"), unit=other, **extra) == "core.not_allowed"
    assert code_of(
        actions.add_unit, actor=cast.actor("office"), name="新单位", region=cast.region("other_district")
    ) == ("core.not_allowed")
    assert not Unit.objects.filter(name="新单位").exists()


def test_two_who_rename_one_unit_see_each_other(cast):
    mine, theirs = Unit.objects.get(pk=cast.unit("housing").pk), Unit.objects.get(pk=cast.unit("housing").pk)
    actions.rename_unit(actor=cast.actor("office"), unit=theirs, name="区住建局", seen=theirs.version)
    with pytest.raises(Conflict):
        actions.rename_unit(actor=cast.actor("office_head"), unit=mine, name="住建局", seen=mine.version)
    assert Unit.objects.get(pk=mine.pk).name == "区住建局"


@pytest.mark.parametrize(
    ("who", "sees", "not_"),
    [
        ("superior", ["housing", "other_office", "city_office"], []),
        ("office", ["housing", "street_office"], ["other_office", "city_office"]),
        ("street", ["street_office"], ["housing"]),
        ("owner", ["builder"], ["housing", "contractor_firm"]),
        ("system_admin", ["housing", "other_office"], []),
        ("operator", ["housing", "other_office"], []),
        ("guest", [], ["housing", "builder"]),
    ],
)
def test_who_sees_which_units(cast, who, sees, not_):
    seen = set(policies.visible_units(cast.actor(who)).values_list("pk", flat=True))
    assert {name for name in [*sees, *not_] if cast.unit(name).pk in seen} == set(sees)


def test_an_installation_is_founded_once_with_its_vacant_posts(django_capture_on_commit_callbacks):
    people = [actions.Founder("xiaowang", "王某", "chun-feng-hua-yu-9", "system_admin")]
    with django_capture_on_commit_callbacks(execute=True):
        region, unit, posts = actions.found_installation(actor=OPERATOR, code="410303", name="西工区", people=people)
    assert (region.confirmed, unit.kind) == (True, UnitKind.OFFICE)
    assert [post.kind for post in posts if post.user_id] == ["system_admin"]
    assert code_of(actions.found_installation, actor=OPERATOR, code="410303") == "people.installation_founded"
    assert trail.verify().valid


def test_two_posts_that_must_be_apart_are_not_founded_in_one_hand():
    people = [
        actions.Founder("xiaowang", "王某", "chun-feng-hua-yu-9", kind) for kind in ("system_admin", "security_admin")
    ]
    refused = code_of(actions.found_installation, actor=OPERATOR, code="410303", people=people)
    assert refused == "people.posts_not_separate"
    assert not Region.objects.exists()


def test_a_phone_shows_its_ends_only():
    assert masked_phone("13800001234") == "138****1234"
    assert masked_phone("63210") == "***10"
    assert masked_phone("") == ""


def test_end_dates_are_the_last_day(cast):
    actions.end_unit(actor=OPERATOR, unit=cast.unit("commerce"), on=date(2019, 12, 31), reason="撤销")
    assert Unit.objects.get(pk=cast.unit("commerce").pk).valid_to == date(2019, 12, 31)
    assert code_of(
        actions.merge_unit,
        actor=OPERATOR,
        unit=actions.ensure_units(actor=OPERATOR, names=["某局"], region=cast.region("district"))["某局"],
        into=cast.unit("commerce"),
    ) == ("people.unit_ended")
