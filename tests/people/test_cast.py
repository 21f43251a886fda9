"""The cast stands, and every kind of post that a person can hold has somebody in it."""

from guatu.people.choices import BUILT_IN_POSTS, PostKind


def test_every_kind_of_post_has_somebody(cast):
    held = {post.kind for post in cast.posts.values()}
    assert held == {kind for kind in PostKind if kind not in BUILT_IN_POSTS}


def test_an_actor_stands_in_the_posts_unit_and_region_and_bears_no_persons_name(cast):
    actor = cast.actor("reporter")
    assert actor.unit_id == cast.unit("housing").pk
    assert actor.region_path == "410000/410300/410303/"
    assert cast.user("reporter").name not in actor.label
