"""征迁: households by place and number, what is left, and the quantity of the node that follows from them."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.refusals import Refusal
from guatu.plans import actions
from guatu.plans.content import Content, ContentNode
from guatu.plans.models import ItemState, Node, NodeItem, NodeQuantity
from guatu.plans.queries.items import STEPS, ItemLine, item_lines, place_totals
from tests.plans.conftest import IDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def node(desk):
    """征迁交地: 4 households, settled once they are cleared."""
    content = Content(
        nodes=(
            ContentNode(id=IDS[40], name="征迁交地", duration=20, measure="户", quantity=Decimal(4), counts="cleared"),
        )
    )
    desk.approved(desk.project(), content)
    return Node.objects.select_related("plan__project__region").get(name="征迁交地")


def _url(node) -> str:
    return reverse("plans:items", args=[node.plan.project.public_id, node.public_id])


def _entered(desk, node) -> list[NodeItem]:
    rows = [
        actions.ItemRow(place=place, number=number, name=name)
        for place, number, name in (
            ("凯旋社区", "1", "张家"),
            ("凯旋社区", "2", "李家"),
            ("唐宫社区", "1", "张家"),
            ("", "", "机修厂"),
        )
    ]
    return actions.add_items(actor=desk.cast.actor("reporter"), node=node, rows=rows)


def _code(run) -> str:
    with pytest.raises(Refusal) as caught:
        run()
    return caught.value.code


def test_the_nodes_quantity_is_the_settled_households_and_the_places_add_up_to_it(desk, node):
    items = _entered(desk, node)
    for item, step in zip(items, ("paid", "cleared", "demolished", "to_sign"), strict=True):
        actions.set_item(actor=desk.cast.actor("reporter"), item=item, step=step)
    totals = place_totals(item_lines(node))
    assert [(one.place, one.count, one.settled, one.left) for one in totals] == [
        ("", 1, 0, 1),
        ("唐宫社区", 1, 0, 1),
        ("凯旋社区", 2, 2, 0),
    ]
    assert sum(one.done for one in totals) == NodeQuantity.objects.get(node=node, superseded_at=None).done == 2


def test_two_of_one_name_are_two_households_in_their_places_and_a_number_stands_once(desk, node):
    _entered(desk, node)
    actor = desk.cast.actor("reporter")

    def add(**row):
        return lambda: actions.add_items(actor=actor, node=node, rows=[actions.ItemRow(**row)])

    assert _code(add(place="唐宫社区", number="1", name="张家")) == "plans.item_taken"
    assert _code(add(place="唐宫社区", number="1", name="赵家")) == "plans.item_number_taken"
    assert _code(add(name="机修厂")) == "plans.item_taken"
    add(place="唐宫社区", number="2", name="张家")()
    assert NodeItem.objects.filter(name="张家").count() == 3


def test_a_list_is_pasted_as_offices_keep_it(desk, node):
    client = desk.cast.client("reporter")
    lines = "凯旋社区\t3\t王家\t1\n4\t周家\n5，吴家，2\n赵家 3\n机修厂 东院\n"
    assert client.post(_url(node), {"place": "唐宫社区", "lines": lines}).status_code == 302
    assert [(item.place, item.number, item.name, item.amount) for item in NodeItem.objects.order_by("pk")] == [
        ("凯旋社区", "3", "王家", 1),
        ("唐宫社区", "4", "周家", 1),
        ("唐宫社区", "5", "吴家", 2),
        ("唐宫社区", "", "赵家", 3),
        ("唐宫社区", "", "机修厂 东院", 1),
    ]
    wrong = client.post(_url(node), {"lines": "凯旋社区\t6\t郑家\t一户"})
    assert wrong.status_code == 422
    assert "第 1 行看不懂" in wrong.content.decode()


def test_the_page_shows_a_place_and_the_last_ones(desk, node):
    items = _entered(desk, node)
    actions.set_item(actor=desk.cast.actor("reporter"), item=items[0], step="cleared")
    client = desk.cast.client("reporter")
    text = client.get(_url(node)).content.decode()
    assert text.index("李家") < text.rindex("已销号")
    of_place = client.get(_url(node), {"place": "凯旋社区"}).content.decode()
    assert "李家" in of_place
    assert "机修厂" not in of_place
    left = client.get(_url(node), {"place": "凯旋社区", "left": "1"}).content.decode()
    assert "李家</th>" in left
    assert "张家</th>" not in left
    nowhere = client.get(_url(node), {"place": "-"}).content.decode()
    assert "机修厂</th>" in nowhere
    assert "李家</th>" not in nowhere


def test_a_household_is_withdrawn_with_a_reason_on_the_page(desk, node):
    item = _entered(desk, node)[3]
    client = desk.cast.client("reporter")
    sent = {"item": str(item.public_id), "seen": item.version, "do": "withdraw"}
    client.post(_url(node), sent)
    assert not NodeItem.objects.get(pk=item.pk).withdrawn
    assert client.post(_url(node), {**sent, "reason": "不在红线内"}).status_code == 302
    assert NodeItem.objects.get(pk=item.pk).withdrawn
    assert "机修厂</th>" not in client.get(_url(node)).content.decode()


def test_out_of_scope_there_is_no_list(desk, node):
    assert desk.cast.client("other_reporter").get(_url(node)).status_code == 404
    assert desk.cast.client("lead").get(_url(node)).status_code == 403


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "凯旋社区", "唐宫社区"]), st.integers(1, 900), st.sampled_from(STEPS), st.booleans()
        )
    )
)
def test_the_places_always_add_up_to_all_households(rows):
    lines = [
        ItemLine(
            item=NodeItem(name="某", place=place, amount=Decimal(amount)), state=ItemState(step=step), settled=done
        )
        for place, amount, step, done in rows
    ]
    totals = place_totals(lines)
    assert sum(one.count for one in totals) == len(lines)
    assert sum(one.amount for one in totals) == sum(line.item.amount for line in lines)
    assert sum(one.done for one in totals) == sum(line.item.amount for line in lines if line.settled)
    assert all(one.left == one.count - one.settled >= 0 for one in totals)
