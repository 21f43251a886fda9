"""Nobody in: sign-in, sessions, posts, forms."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from guatu.config import settings as product
from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.models import AccessLog
from guatu.people import actions, session
from guatu.people.models import Unit
from tests.access.routes import ROUTES
from tests.support.cast import PASSWORD


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post("/login/", {"username": username, "password": password, **extra})


def signed_in(client):
    return client.get("/account/").status_code == 200


def test_the_product_keeps_passwords_with_argon2():
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(cast):
    client = Client()
    codes = [sign_in(client, "office", "wrong").status_code for _ in range(5)]
    assert codes[:4] == [422] * 4
    assert codes[4] == 429
    assert sign_in(client, "office").status_code == 429
    assert not signed_in(client)
    assert sign_in(Client(), "reporter").status_code == 302
    assert AccessLog.objects.filter(event="locked_out").exists()
    # a new password by the administrator opens it again
    actions.set_password(actor=cast.actor("system_admin"), user=cast.user("office"), password="xin-de-mi-ma-88")
    assert sign_in(client, "office", "xin-de-mi-ma-88").status_code == 302


def test_a_lock_cannot_be_walked_around_with_a_forged_address_header(cast):
    client = Client()
    for number in range(5):
        client.post(
            "/login/", {"username": "office", "password": "wrong"}, headers={"X-Forwarded-For": f"10.0.0.{number}"}
        )
    assert sign_in(client, "office").status_code == 429


def test_guessing_one_name_from_many_addresses_is_slowed(cast):
    codes = {
        Client(REMOTE_ADDR=f"10.0.0.{number}").post("/login/", {"username": "office", "password": "x"}).status_code
        for number in range(21)
    }
    assert 429 in codes


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(cast):
    unknown = sign_in(Client(), "nobody").context["form"].non_field_errors()
    wrong = sign_in(Client(), "office", "wrong").context["form"].non_field_errors()
    assert list(unknown) == list(wrong)


def test_signing_in_changes_the_session_that_the_browser_came_with(cast):
    client = Client()
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    assert sign_in(client, "office").status_code == 302
    assert client.cookies["sessionid"].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_sign_in_never_leads_to_another_site(cast, wanted):
    assert sign_in(Client(), "office", next=wanted).url == "/"
    assert sign_in(Client(), "office", next="/people/units/").url == "/people/units/"


def test_switching_posts_never_leads_to_another_site(cast):
    post = str(cast.post("office").public_id)
    answer = cast.client("office").post("/post/", {"post": post, "next": "https://evil.example/"})
    assert answer.url == "/"


def test_a_post_that_is_not_the_persons_own_is_refused_and_nothing_changes(cast):
    client = cast.client("reporter")
    answer = client.post("/post/", {"post": str(cast.post("office_head").public_id)})
    assert answer.status_code == 403
    assert client.get("/account/").wsgi_request.actor.post_kind == "reporter"
    assert AccessLog.objects.filter(event="refused", detail="people.post_not_yours").exists()


def test_a_post_written_into_the_session_is_worth_nothing_unless_it_is_held_today(cast):
    client = cast.client("reporter")
    stored = client.session
    stored[session.POST_KEY] = str(cast.post("office_head").public_id)
    stored.save()
    assert client.get("/account/").wsgi_request.actor.post_kind == "reporter"


def test_a_post_that_was_handed_over_is_gone_from_the_live_session(cast):
    client = cast.client("office")
    assert client.get("/people/users/").status_code == 200
    actions.hand_over_post(actor=OPERATOR, post=cast.post("office"), on=clock.today(), document="区委〔2019〕3号")
    assert client.get("/people/users/").status_code == 403


def test_a_disabled_persons_live_session_ends_at_once(cast):
    client = cast.client("reporter")
    assert signed_in(client)
    actions.deactivate_user(actor=cast.actor("system_admin"), user=cast.user("reporter"), reason="调离")
    assert not signed_in(client)
    assert sign_in(Client(), "reporter").status_code == 422


def test_changing_the_password_ends_other_sign_ins_and_keeps_this_one(cast):
    here, there = Client(), Client()
    sign_in(here, "reporter")
    sign_in(there, "reporter")
    answer = here.post(
        "/account/password/", {"old": PASSWORD, "new": "shan-qing-shui-xiu-7", "again": "shan-qing-shui-xiu-7"}
    )
    assert answer.status_code == 302
    assert signed_in(here)
    assert not signed_in(there)


def test_the_old_password_must_be_known_to_change_it(cast):
    client = cast.client("reporter")
    answer = client.post(
        "/account/password/", {"old": "wrong", "new": "shan-qing-shui-xiu-7", "again": "shan-qing-shui-xiu-7"}
    )
    assert answer.status_code == 422
    assert cast.user("reporter").__class__.objects.get(username="reporter").check_password(PASSWORD)


def test_a_first_sign_in_leads_to_the_password_and_nowhere_else(cast):
    actions.set_password(actor=cast.actor("system_admin"), user=cast.user("reporter"), password="lin-shi-mi-ma-66")
    client = Client()
    sign_in(client, "reporter", "lin-shi-mi-ma-66")
    assert client.get("/people/units/").url == "/account/password/"
    new = "chun-feng-hua-yu-9"
    assert client.post("/account/password/", {"old": "lin-shi-mi-ma-66", "new": new, "again": new}).status_code == 302
    assert client.get("/people/units/").status_code == 200


@pytest.mark.parametrize(
    ("idle", "steps", "still_in"),
    [(session.IDLE_SECONDS - 60, 1, True), (session.IDLE_SECONDS + 1, 1, False), (3600, 7, True), (3600, 9, False)],
)
def test_a_sign_in_ends_after_two_idle_hours_and_after_eight_in_all(cast, monkeypatch, idle, steps, still_in):
    now = [1_000_000]
    monkeypatch.setattr(session, "_seconds", lambda: now[0])
    client = Client()
    sign_in(client, "reporter")
    answers = []
    for _ in range(steps):
        now[0] += idle
        answers.append(signed_in(client))
    assert answers[-1] is still_in


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if name.startswith("people:")))
def test_no_form_is_taken_without_its_token(cast, name):
    client = cast.client("system_admin", enforce_csrf_checks=True)
    answer = client.post(reverse(name, kwargs=ROUTES[name].inside(cast)), {"do": "add", "name": "x"})
    assert answer.status_code in (403, 405)
    assert client.post("/login/", {}).status_code == 403


def test_sign_out_ends_the_session_and_a_link_cannot_do_it(cast):
    client = cast.client("reporter")
    assert client.get("/logout/").status_code == 405
    assert signed_in(client)
    assert client.post("/logout/").url == "/login/"
    assert not signed_in(client)


def test_what_is_typed_is_shown_as_text(cast):
    actions.add_unit(actor=OPERATOR, name="<script>alert(1)</script>公司", region=cast.region("district"))
    page = cast.client("office").get("/people/units/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_same_form_twice_is_carried_out_once(cast):
    client = cast.client("office")
    form = {
        "do": "add",
        "add-name": "区审计局",
        "add-kind": "department",
        "add-region": cast.region("district").pk,
        "request_id": "018f0000-0000-7000-8000-000000000001",
    }
    assert client.post("/people/units/", form).status_code == 302
    assert client.post("/people/units/", form).status_code == 302
    assert Unit.objects.filter(name="区审计局").count() == 1


def test_a_phone_is_masked_and_a_look_at_it_is_logged(cast):
    person = cast.user("reporter")
    client = cast.client("office")
    for page in ("/people/users/", f"/people/users/{person.public_id}/"):
        text = client.get(page).content.decode()
        assert person.phone not in text
    assert not AccessLog.objects.filter(event="phone_seen").exists()
    assert person.phone in client.post(f"/people/users/{person.public_id}/phone/").content.decode()
    log = AccessLog.objects.get(event="phone_seen")
    assert (log.user_id, log.subject) == (cast.user("office").pk, f"people.user {person.public_id}")
    assert person.phone not in log.subject + log.detail


def test_a_unit_of_another_region_cannot_be_changed_by_its_form(cast):
    other = cast.unit("other_office")
    answer = cast.client("office").post(
        f"/people/units/{other.public_id}/", {"do": "rename", "rename-name": "改名", "rename-seen": 1}
    )
    assert answer.status_code == 404
    assert Unit.objects.get(pk=other.pk).name == other.name


def test_a_merge_into_a_unit_out_of_scope_is_refused(cast):
    stray = actions.ensure_units(actor=OPERATOR, names=["某办公室"], region=cast.region("district"))["某办公室"]
    answer = cast.client("office").post(
        f"/people/units/{stray.public_id}/", {"do": "merge", "merge-other": cast.unit("other_office").pk}
    )
    assert answer.status_code == 422
    assert Unit.objects.get(pk=stray.pk).successor is None


def test_whose_sign_in_has_ended_is_told_so_and_where_the_typing_is(cast):
    told = "已存为本机草稿"
    client = cast.client("office")
    Session.objects.all().delete()
    response = client.get("/library/projects/new/", follow=True)
    assert told in response.content.decode()
    assert response.context["next"] == "/library/projects/new/"
    sent = Client().post("/library/projects/new/", {"name": "写到一半"}, follow=True)  # the browser gave the cookie up
    assert told in sent.content.decode()
    assert told not in Client().get("/library/projects/new/", follow=True).content.decode()
    client = cast.client("office")
    client.post("/logout/")
    assert told not in client.get("/library/projects/new/", follow=True).content.decode()


def test_a_name_typed_with_signs_that_nobody_sees_is_stored_as_it_reads(cast):
    unit = cast.unit("housing")
    sent = {"do": "rename", "rename-name": "区\u202e某\u2066办\0公室", "rename-seen": unit.version}
    answer = cast.client("office").post(f"/people/units/{unit.public_id}/", sent)
    assert answer.status_code == 302, answer.content.decode()
    unit.refresh_from_db()
    assert unit.name == "区某办公室"
