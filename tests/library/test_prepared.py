"""A look-up that is compiled once answers what its queryset answers, for every argument."""

from datetime import date, timedelta

import pytest

from guatu.core import clock
from guatu.core.prepared import MOST, prepared
from guatu.library import actions
from guatu.library.policies import visible_projects
from guatu.people.models import Post, Region
from guatu.people.queries.posts import in_force

pytestmark = pytest.mark.django_db


def _posts(ids, on):
    return Post.objects.filter(in_force(on), pk__in=ids).select_related("unit", "region").order_by("pk")


def test_rows_are_the_same_with_what_is_read_beside(cast, django_assert_num_queries):
    look_up, today = prepared(_posts), clock.today()
    everybody = list(Post.objects.order_by("pk").values_list("pk", flat=True))

    for ids in ([everybody[0]], [everybody[-1]], everybody[:3]):
        told = [(row, row.unit, row.region) for row in _posts(ids, today)]
        with django_assert_num_queries(1):
            assert [(row, row.unit, row.region) for row in look_up(ids=ids, on=today)] == told
        assert told


def test_the_day_and_the_ids_of_each_call_count(cast):
    look_up, today = prepared(_posts), clock.today()
    first, last = Post.objects.order_by("pk").first(), Post.objects.order_by("pk").last()
    Post.objects.filter(pk=last.pk).update(valid_to=today)

    assert look_up(ids=[last.pk], on=today) == [last]
    assert look_up(ids=[last.pk], on=today + timedelta(days=1)) == []
    assert look_up(ids=[first.pk], on=today) == [first]


def test_a_model_without_its_rows_is_given_as_values(cast):
    look_up = prepared(lambda code: Region.objects.filter(code=code).values_list("code", "name"))
    region = cast.region("district")

    assert look_up(code=region.code) == [(region.code, region.name)]
    assert look_up(code="000000") == []


@pytest.mark.parametrize("size", [0, MOST + 1])
def test_no_argument_is_too_long_or_empty(cast, size):
    look_up = prepared(_posts)
    ids = list(Post.objects.order_by("pk").values_list("pk", flat=True))[:1] * size

    assert look_up(ids=ids, on=clock.today()) == list(_posts(ids, clock.today()))


def test_an_argument_of_which_something_is_made_is_compiled_each_time(cast):
    look_up = prepared(lambda day: Post.objects.filter(order__lt=day.year).values_list("pk", flat=True))

    assert look_up(day=date(2026, 1, 1)) == list(Post.objects.filter(order__lt=2026).values_list("pk", flat=True))
    assert look_up(day=date(1, 1, 1)) == list(Post.objects.filter(order__lt=1).values_list("pk", flat=True))


def _reached(actor, right):
    return visible_projects(actor, right).order_by("pk")


def test_what_is_in_reach_is_the_actors_own_whoever_asked_first(cast, shelf):
    look_up = prepared(_reached)
    for name, unit in (("一", "housing"), ("二", "commerce")):
        row = shelf.project(name)
        actions.assign(actor=shelf.office, project=row, role="responsible", unit=cast.unit(unit), on=date(2019, 1, 2))
    found = {
        name: [row.name for row in look_up(actor=cast.actor(name), right="library.view")]
        for name in ("reporter", "other_reporter", "reviewer", "office", "outsider", "lead", "reporter")
    }

    assert found["reporter"] == found["reviewer"] == ["一"]
    assert found["other_reporter"] == ["二"]
    assert found["office"] == ["一", "二"]
    assert found["outsider"] == []
    assert look_up(actor=cast.actor("reporter"), right="library.change_project") == []
    assert found["lead"] == [row.name for row in _reached(cast.actor("lead"), "library.view")]


def test_a_look_up_whose_making_asks_the_database_is_made_each_time(cast):
    look_up = prepared(lambda code: Post.objects.filter(region=Region.objects.get(code=code)).order_by("pk"))

    for name in ("district", "city"):
        code = cast.region(name).code
        assert look_up(code=code) == list(Post.objects.filter(region__code=code).order_by("pk"))


def test_a_public_id_is_an_argument(cast, django_assert_num_queries):
    look_up = prepared(lambda public_id: Post.objects.filter(public_id=public_id))

    for row in Post.objects.order_by("pk")[:3]:
        with django_assert_num_queries(1):
            assert look_up(public_id=row.public_id) == [row]


@pytest.mark.clock("2026-03-26")
def test_reach_is_that_of_the_day_on_which_it_is_asked(cast):
    look_up = prepared(lambda actor: Post.objects.filter(in_force(clock.today()), pk=actor.post_id))
    actor = cast.actor("reporter")
    Post.objects.filter(pk=actor.post_id).update(valid_to=date(2026, 3, 26))

    assert [row.pk for row in look_up(actor=actor)] == [actor.post_id]
    with clock.at(clock.now() + timedelta(days=1)):
        assert look_up(actor=actor) == []
