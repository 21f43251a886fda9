"""Calendar addresses on one's account: made, replaced, withdrawn; each is shown once, on the answer that makes it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.actor import Way
from guatu.core.pages import SIGNED_IN, actor_of, found, page
from guatu.people import actions
from guatu.people.models import FeedToken, Post, User
from guatu.people.policies import actor_for
from guatu.people.queries import posts_of
from guatu.people.session import person_of

READ = "plans.view"  # what the feed shows; a post without it has none


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A post that may have a calendar address, and the one that stands."""

    post: Post
    feed: FeedToken | None


def feed_lines(user: User) -> list[FeedLine]:
    """The person's posts that see plans, with their addresses."""
    standing = {row.post_id: row for row in FeedToken.objects.filter(user=user, withdrawn_at__isnull=True)}
    posts = [post for post in posts_of(user) if rights.can(actor_for(user, post, Way.PAGE), READ).allowed]
    return [FeedLine(post, standing.get(post.pk)) for post in posts]


@page("people.issue_feed", methods=("POST",), rate=(10, 600))
def issue_feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make or replace the address of a post; it is on this one answer and nowhere else."""
    lines = {str(line.post.public_id): line for line in feed_lines(person_of(request))}
    line: FeedLine = found(lines.get(str(public_id)))
    _feed, secret = actions.issue_feed(actor=actor_of(request), post=line.post)
    context = {
        "page_title": _("日历订阅地址"),
        "post": line.post,
        "replaced": line.feed is not None,
        "address": request.build_absolute_uri(reverse("plans:feed", args=[secret])),
    }
    response = render(request, "people/feed.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page(SIGNED_IN, methods=("POST",))
def withdraw_feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make one's address void."""
    rows = FeedToken.objects.filter(user=person_of(request), withdrawn_at__isnull=True).select_related("post")
    feed: FeedToken = found(rows.filter(public_id=public_id).first())
    actions.withdraw_feed(actor=actor_of(request), feed=feed)
    messages.success(request, _("日历订阅已停用，原地址立即失效"))
    return redirect("people:account")
