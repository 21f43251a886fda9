"""Two at once, on every kind of change form: what was open, what is there now, what was typed; each field is chosen."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from guatu.library import actions
from guatu.library.models import AnnualList, Project
from guatu.library.queries.assignments import holders_of
from guatu.library.queries.projects import profiles_as_of
from guatu.people import actions as people
from tests.library.conftest import YI

TODAY = date(2019, 3, 31)
pytestmark = pytest.mark.django_db


@pytest.fixture
def street(shelf) -> Project:
    return shelf.project()


def opened(client, address):
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {
        name: form.fields[name].prepare_value(value)
        for name, value in shown.items()
        if value is not None and value != "" and value is not False
    }


def sent(client, address, data, **more):
    return client.post(address, {**data, **more, "request_id": str(uuid4())})


def differences(page):
    return {row.label: (row.before, row.theirs, row.mine, row.ask, row.pick) for row in page.context["differences"]}


def test_counted_attributes_that_another_set_meanwhile_are_shown_and_not_overwritten(shelf, street):
    client, address = shelf.cast.client("office"), reverse("library:profile", args=[street.public_id])
    form = opened(client, address)
    actions.set_profile(actor=shelf.head, project=street, on=TODAY, values={"total_investment": 12 * YI})
    page = sent(client, address, form, total_investment="15亿", industry="E4813")
    assert page.status_code == 409
    assert differences(page)["总投资"] == ("10亿元", "12亿元", "15亿元", True, "mine")
    assert shelf.head.label in page.content.decode()
    again = {**form, "seen": page.context["form"]["seen"].value(), "industry": "E4813", "total_investment": "15亿"}
    chosen = {"pick.total_investment": "theirs", "theirs.total_investment": "12亿元"}
    assert sent(client, address, again, **chosen).status_code == 302
    held = profiles_as_of([street.pk], TODAY)[street.pk]
    assert (held.total_investment, held.industry) == (12 * YI, "E4813")


def test_a_role_that_another_filled_meanwhile_is_shown_and_another_role_is_no_conflict(shelf, street):
    client, address = shelf.cast.client("office"), reverse("library:assign", args=[street.public_id])
    form = opened(client, address)
    bureau, other = shelf.cast.unit("housing"), shelf.cast.unit("commerce")
    actions.assign(actor=shelf.head, project=street, role="responsible", unit=bureau, on=TODAY)
    page = sent(client, address, form, role="responsible", unit=str(other.public_id))
    assert page.status_code == 409
    assert differences(page)["单位"] == ("（空）", str(bureau), str(other), True, "mine")
    assert [row.unit for row in holders_of([street.pk], TODAY)[street.pk]] == [bureau]
    again = {**form, "seen": page.context["form"]["seen"].value(), "role": "responsible"}
    chosen = {"unit": str(other.public_id), "pick.unit": "mine", "theirs.unit": str(bureau.public_id)}
    assert sent(client, address, again, **chosen).status_code == 302
    assert [row.unit for row in holders_of([street.pk], TODAY)[street.pk]] == [other]
    later = sent(client, address, form, role="supporting", unit=str(bureau.public_id))
    assert later.status_code == 302


def test_settings_of_a_list_keep_what_only_the_other_changed(shelf):
    row = shelf.list(2019)
    client, address = shelf.cast.client("office"), reverse("library:list_settings", args=[row.public_id])
    form = opened(client, address)
    values = {"decimals": 2, "kinds_exclusive": True}
    actions.change_list_settings(actor=shelf.head, annual_list=row, seen=None, values=values)
    page = sent(client, address, form, name="改过的名称")
    assert page.status_code == 409
    told = differences(page)
    assert [told[label][4] for label in ("名称", "百分数小数位", "类型互不重叠（计划竣工单列一类）")] == [
        "mine",
        "theirs",
        "theirs",
    ]
    picked = {f"pick.{one.name}": one.pick for one in page.context["differences"]}
    theirs = {f"theirs.{one.name}": list(one.values) for one in page.context["differences"]}
    again = {**form, "seen": page.context["form"]["seen"].value(), "name": "改过的名称"}
    assert sent(client, address, again, **picked, **theirs).status_code == 302
    stored = AnnualList.objects.get()
    assert (stored.name, stored.decimals, stored.kinds_exclusive) == ("改过的名称", 2, True)


def test_a_unit_renamed_by_two_is_asked_about_on_its_own_page(cast):
    unit = cast.unit("housing")
    client, address = cast.client("system_admin"), reverse("people:unit", args=[unit.public_id])
    page = client.get(address)
    form = next(part["form"] for part in page.context["deeds"] if part["deed"].code == "rename")
    data = {
        "do": "rename",
        "rename-seen": form["seen"].value(),
        "rename-name": "区住建局（新）",
        "rename-short_name": "",
    }
    people.rename_unit(actor=cast.actor("operator"), unit=unit, name="区住房城乡建设局")
    page = sent(client, address, data)
    assert page.status_code == 409
    names = {row.name: row for row in page.context["differences"]}
    assert (names["rename-name"].theirs, names["rename-name"].mine) == ("区住房城乡建设局", "区住建局（新）")
    assert 'name="pick.rename-name"' in page.content.decode()
