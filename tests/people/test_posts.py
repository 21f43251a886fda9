"""Posts and people: hand-over, separation of duties, who acts for whom, erasure, tokens."""

from datetime import timedelta

import pytest
from django.urls import reverse

from guatu.core import clock, rights, trail
from guatu.core.actions import change_setting
from guatu.core.actor import OPERATOR, Way
from guatu.core.models import TrailChange, TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.registries import _DUTIES, register_duty
from guatu.people import actions, modes
from guatu.people.models import Post, User
from guatu.people.queries import actor_from_text, double_duty_entries, posts_in_force, posts_of
from guatu.people.session import choices_of, token_actor
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db


def code_of(call, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    assert str(refusal.value)  # the sentence has all its parameters
    return refusal.value.code


def set_value(name, value):
    change_setting(actor=OPERATOR, name=name, value=value)


def test_a_hand_over_ends_one_row_and_begins_another_and_the_work_moves(cast, monkeypatch):
    moved = []
    monkeypatch.setitem(_DUTIES, "people.post_handed_over", [])
    register_duty("people.post_handed_over", "test", 1, lambda **context: moved.append(context["new"]))
    post = actions.ensure_leader_posts(actor=OPERATOR, leaders=[("张 某", "副区长")], region=cast.region("district"))[
        "张某"
    ]
    day = clock.today()
    new = actions.hand_over_post(
        actor=cast.actor("office"), post=post, on=day, holder="李某", document="西办〔2019〕8号"
    )
    assert moved == [new]
    assert [row.holder for row in posts_in_force(day).filter(title="副区长")] == ["李某"]
    assert [row.holder for row in posts_in_force(day - timedelta(days=1)).filter(title="副区长")] == ["张某"]
    found = actions.ensure_leader_posts(actor=OPERATOR, leaders=[("李某", "")], region=cast.region("district"))["李某"]
    assert found == new


def test_a_hand_over_says_by_what_paper(cast):
    refused = code_of(
        actions.hand_over_post, actor=OPERATOR, post=cast.post("lead"), on=clock.today(), document=" ", holder="李某"
    )
    assert refused == "core.reason_missing"


def test_the_office_does_not_give_rights_by_a_hand_over(cast):
    post = actions.add_post(actor=OPERATOR, kind="leader", title="副区长", region=cast.region("district"))
    asked = {"post": post, "on": clock.today(), "document": "x"}
    assert (
        code_of(actions.hand_over_post, actor=cast.actor("office"), user=cast.user("reporter"), **asked)
        == "core.not_allowed"
    )
    asked["post"] = cast.post("reporter")
    assert code_of(actions.hand_over_post, actor=cast.actor("office"), **asked) == "core.not_allowed"


def test_a_ledgers_leader_is_found_by_name_and_made_to_be_confirmed(cast):
    found = actions.ensure_leader_posts(
        actor=OPERATOR, leaders=[("王 某", "区委常委"), ("王某", ""), ("赵某", "")], region=cast.region("district")
    )
    assert set(found) == {"王某", "赵某"}
    assert (found["王某"].title, found["王某"].confirmed) == ("区委常委", False)
    assert actions.confirm_post(actor=cast.actor("office"), post=found["王某"], title="常务副区长")


def test_nobody_appoints_himself_and_a_held_post_is_not_given_twice(cast):
    vacant = actions.add_post(actor=OPERATOR, kind="office", title="干事", region=cast.region("district"))
    admin = cast.actor("security_admin")
    assert code_of(actions.appoint, actor=admin, user=cast.user("security_admin"), post=vacant) == "core.two_persons"
    actions.appoint(actor=admin, user=cast.user("reporter"), post=vacant)
    assert code_of(actions.appoint, actor=admin, user=cast.user("reviewer"), post=vacant) == "people.post_held"
    assert {post.kind for post in posts_of(cast.user("reporter"))} == {"reporter", "office"}


@pytest.mark.parametrize(
    ("small", "level", "second", "allowed"),
    [
        (False, 2, "audit_admin", False),
        (True, 2, "audit_admin", True),
        (True, 2, "security_admin", False),
        (True, 3, "audit_admin", False),
    ],
)
def test_who_holds_two_administrators_duties(cast, small, level, second, allowed):
    set_value(modes.SMALL_INSTALLATION, small)
    set_value(modes.PROTECTION_LEVEL, level)
    post = actions.add_post(actor=OPERATOR, kind=second, title="兼任", region=cast.region("district"))
    admin = cast.actor("security_admin")
    if not allowed:
        refused = code_of(actions.appoint, actor=admin, user=cast.user("system_admin"), post=post)
        assert refused == "people.posts_not_separate"
        return
    actions.appoint(actor=admin, user=cast.user("system_admin"), post=post)
    assert double_duty_entries(10) == []
    actions.add_user(actor=cast.actor("system_admin"), username="newcomer", name="某人")
    assert [entry.action for entry in double_duty_entries(10)] == ["people.add_user"]
    page = cast.client("office_head").get("/people/double-duty/").content.decode()
    assert "开立账号" in page
    # and while one person holds two duties, the mode cannot be left nor the level raised
    assert code_of(set_value, modes.SMALL_INSTALLATION, False) == "core.setting_value"
    assert code_of(set_value, modes.PROTECTION_LEVEL, 3) == "core.setting_value"


def test_during_leave_a_colleague_acts_in_the_post_within_its_days_and_is_marked(cast):
    today = clock.today()
    row = actions.delegate(
        actor=cast.actor("office"),
        giver=cast.post("office"),
        taker=cast.post("reviewer"),
        starts_on=today,
        ends_on=today + timedelta(days=2),
        reason="公休",
    )
    own, standing = choices_of(cast.user("reviewer"))
    assert own.actor.post_kind == "reviewer"
    actor = standing.actor
    assert (actor.post_kind, actor.post_id, actor.for_post_id, actor.acts_as, actor.user_id) == (
        "office",
        cast.post("reviewer").pk,
        cast.post("office").pk,
        cast.post("office").pk,
        cast.user("reviewer").pk,
    )
    actions.add_unit(actor=actor, name="区审计局", region=cast.region("district"))
    entry = TrailEntry.objects.order_by("-number").first()
    assert (entry.user_id, entry.for_post_id) == (cast.user("reviewer").pk, cast.post("office").pk)
    assert "代办" in entry.actor_label
    client = cast.client("reviewer")
    assert client.post("/post/", {"post": standing.id}).status_code == 302
    assert client.get("/people/users/").status_code == 200
    actions.end_delegation(actor=cast.actor("office"), delegation=row)
    assert client.get("/people/users/").status_code == 403  # back to the own post at once
    assert len(choices_of(cast.user("reviewer"))) == 1


def test_a_delegation_that_has_not_begun_or_is_over_gives_nothing(cast):
    today = clock.today()
    for start, end in (
        (today + timedelta(days=1), today + timedelta(days=2)),
        (today - timedelta(days=3), today - timedelta(days=1)),
    ):
        actions.delegate(
            actor=OPERATOR,
            giver=cast.post("office"),
            taker=cast.post("reviewer"),
            starts_on=start,
            ends_on=end,
            reason="x",
        )
    assert len(choices_of(cast.user("reviewer"))) == 1


def test_delegations_that_cannot_be(cast):
    today = clock.today()
    base = {"starts_on": today, "ends_on": today, "reason": "公休"}
    giver, taker = cast.post("office"), cast.post("reviewer")
    mine = cast.actor("office")
    assert code_of(actions.delegate, actor=mine, giver=giver, taker=giver, **base) == "people.delegation_self"
    assert code_of(actions.delegate, actor=mine, giver=cast.post("reporter"), taker=giver, **base) == "core.not_allowed"
    actions.delegate(actor=mine, giver=giver, taker=taker, **base)
    assert code_of(actions.delegate, actor=mine, giver=giver, taker=taker, **base) == "people.delegation_overlap"
    admin = cast.post("security_admin")
    assert (
        code_of(actions.delegate, actor=cast.actor("security_admin"), giver=admin, taker=taker, **base)
        == "people.delegation_admin"
    )


def test_a_liaison_reads_for_the_leader_and_does_only_what_was_given(cast):
    actions.add_liaison(
        actor=cast.actor("office_head"),
        leader=cast.post("head"),
        liaison=cast.post("liaison"),
        actions=["people.delegate"],
    )
    actor = choices_of(cast.user("liaison"))[1].actor
    assert (actor.post_kind, actor.acts_as) == ("head", cast.post("head").pk)
    assert rights.can(actor, "people.view_units").allowed
    assert rights.can(actor, "people.delegate").allowed
    assert not rights.can(actor, "people.issue_token").allowed
    # a liaison who acts for the leader reaches no post of the leader as an own one
    assert (
        code_of(
            actions.delegate,
            actor=actor,
            giver=cast.post("head"),
            taker=cast.post("office"),
            starts_on=clock.today(),
            ends_on=clock.today(),
            reason="x",
        )
        == "core.not_allowed"
    )


def test_a_liaison_is_for_leaders_and_for_known_rights(cast):
    base = {"actor": OPERATOR, "liaison": cast.post("liaison")}
    assert code_of(actions.add_liaison, leader=cast.post("reporter"), **base) == "people.liaison_kind"
    assert (
        code_of(actions.add_liaison, leader=cast.post("head"), actions=["people.nothing"], **base)
        == "people.action_unknown"
    )


def test_a_person_is_erased_and_the_trail_stays_valid(cast, django_capture_on_commit_callbacks):
    user = cast.user("reporter")
    salt, phone, name = user.trail_salt, user.phone, user.name
    post_salt = cast.post("reporter").trail_salt
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_person(actor=cast.actor("system_admin"), user=User.objects.get(pk=user.pk), reason="本人申请")
    row = User.objects.get(pk=user.pk)
    assert (row.phone, row.trail_salt, row.is_active, row.has_usable_password()) == ("", "", False, False)
    assert name not in row.name
    assert Post.objects.get(pk=cast.post("reporter").pk).trail_salt == ""
    written = "".join(TrailChange.objects.values_list("values", flat=True))
    written += "".join(TrailEntry.objects.values_list("params", flat=True))
    for secret in (salt, phone, name, post_salt, PASSWORD):
        assert secret not in written
    assert TrailEntry.objects.filter(action="people.erase_person").count() == 1


def test_the_chain_is_valid_after_an_erasure(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        user = actions.add_user(actor=OPERATOR, username="someone", name="某人", phone="13800000000")
        actions.erase_person(actor=OPERATOR, user=user, reason="本人申请")
        actions.add_user(actor=OPERATOR, username="someone", name="另一人")  # the name is free again
    assert trail.verify().as_json() == {"valid": True, "entries": 3, "first_bad": None, "why": ""}


def test_weak_passwords_and_taken_names_are_refused(cast):
    assert (
        code_of(actions.add_user, actor=OPERATOR, username="u1", name="某", password="1234567890")
        == "people.password_weak"
    )
    assert code_of(actions.add_user, actor=OPERATOR, username="Office", name="某") == "people.username_taken"


def test_one_administrator_cannot_reset_or_stop_himself(cast):
    actor, user = cast.actor("system_admin"), cast.user("system_admin")
    for call, extra in (
        (actions.set_password, {"password": "chun-feng-hua-yu-9"}),
        (actions.deactivate_user, {"reason": "x"}),
        (actions.erase_person, {"reason": "x"}),
    ):
        assert code_of(call, actor=actor, user=user, **extra) == "core.two_persons"


def test_a_token_acts_in_its_post_until_it_is_revoked_or_expires_or_the_post_ends(cast):
    token, secret = actions.issue_token(
        actor=cast.actor("office"), post=cast.post("office"), name="取数", expires_on=clock.today()
    )
    assert secret not in "".join(TrailChange.objects.values_list("values", flat=True))
    actor = token_actor(secret)
    assert (actor.post_id, actor.way, actor.user_id) == (cast.post("office").pk, Way.API, cast.user("office").pk)
    assert token_actor(secret + "x") is None
    with clock.at(clock.end_of(clock.today()) + timedelta(hours=1)):
        assert token_actor(secret) is None
    actions.revoke_token(actor=cast.actor("office"), token=token)
    assert token_actor(secret) is None


@pytest.mark.parametrize("end", ["deactivate", "hand_over"])
def test_a_token_dies_with_the_persons_account_or_post(cast, end):
    _, secret = actions.issue_token(actor=cast.actor("office"), post=cast.post("office"), name="取数")
    assert token_actor(secret) is not None
    if end == "deactivate":
        actions.deactivate_user(actor=cast.actor("system_admin"), user=cast.user("office"), reason="调离")
    else:
        actions.hand_over_post(actor=OPERATOR, post=cast.post("office"), on=clock.today(), document="x")
    assert token_actor(secret) is None


def test_a_token_for_somebody_elses_post_is_the_security_administrators_to_give(cast):
    assert (
        code_of(actions.issue_token, actor=cast.actor("system_admin"), post=cast.post("security_admin"), name="x")
        == "core.not_allowed"
    )
    assert actions.issue_token(actor=cast.actor("security_admin"), post=cast.post("office"), name="x")


def test_posts_are_named_on_the_command_line_in_three_ways(cast):
    post = cast.post("office")
    for text in (str(post.public_id), "office:重点项目建设办公室", "office"):
        if text == "office":  # both a kind that two hold and a sign-in name
            assert code_of(actor_from_text, text) == "people.post_ambiguous"
            continue
        assert actor_from_text(text).post_id == post.pk
    assert actor_from_text("outsider").post_id == cast.post("outsider").pk
    assert actor_from_text("") == OPERATOR
    assert code_of(actor_from_text, "nobody") == "people.post_unknown"


def test_a_liaison_ends_on_the_leaders_page(cast):
    leader, liaison = cast.post("lead"), cast.post("liaison")
    row = actions.add_liaison(actor=OPERATOR, leader=leader, liaison=liaison)
    address = reverse("people:post", args=[leader.public_id])
    client = cast.client("office_head")
    assert "end_liaison-liaison" in client.get(address).content.decode()
    client.post(
        address, {"do": "end_liaison", "end_liaison-liaison": row.pk, "end_liaison-on": clock.today().isoformat()}
    )
    row.refresh_from_db()
    assert row.valid_to == clock.today() - timedelta(days=1)
    assert len(choices_of(cast.user("liaison"))) == 1
    assert "end_liaison-liaison" not in client.get(address).content.decode()
