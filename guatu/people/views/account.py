"""Signing in and out, the choice of a post, and one's own account."""

import hashlib

from django.contrib import auth, messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import access, clock
from guatu.core.limits import check_rate
from guatu.core.pages import ANYONE, SIGNED_IN, actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.people import actions, forms
from guatu.people.models import ApiToken, Delegation
from guatu.people.queries import posts_of
from guatu.people.session import POST_KEY, address_of, begin, choices_of, person_of
from guatu.people.views.deeds import Deed, deeds_page
from guatu.people.views.feeds import feed_lines

WRITING = ("GET", "HEAD", "POST")
HOME = "/"


def _next(request: HttpRequest) -> str:
    """Where to go on: a page of ours, never another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or HOME
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else HOME


def _limit_sign_ins(request: HttpRequest) -> None:
    """Beside the lock-out per name and address: so many tries an address, and so many a name from everywhere."""
    check_rate(f"sign-in:{address_of(request)}", 60, 300)
    name = hashlib.sha256(request.POST.get("username", "").strip().lower().encode()).hexdigest()
    check_rate(f"sign-in-name:{name}", 20, 900)


@page(ANYONE, methods=WRITING)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password."""
    target = _next(request)
    if actor_of(request).user_id is not None:
        return redirect(target)
    form = forms.SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _limit_sign_ins(request)
        if form.is_valid():
            user = form.get_user()
            auth.login(request, user)
            begin(request.session)
            choices = choices_of(user, address_of(request))
            access.note("signed_in", choices[0].actor if choices else None, subject=f"people.user {user.public_id}")
            return redirect(target)
        access.note("sign_in_failed", actor_of(request))
    shown = {"form": form, "next": target, "ended": request.GET.get("ended") == "1"}
    return render(request, "people/sign_in.html", shown, status=422 if form.errors else 200)


@page(ANYONE, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this sign-in."""
    actor = actor_of(request)
    if actor.user_id is not None:
        access.note("signed_out", actor)
    auth.logout(request)
    return redirect("people:sign_in")


@page(SIGNED_IN, methods=("POST",))
def switch_post(request: HttpRequest) -> HttpResponse:
    """Go on in another of one's posts."""
    wanted = request.POST.get("post", "")
    if wanted not in {item["id"] for item in getattr(request, "posts", [])}:
        raise Refusal("people.post_not_yours")
    request.session[POST_KEY] = wanted
    return redirect(_next(request))


@page(SIGNED_IN, methods=WRITING)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; sign-ins elsewhere end."""
    form = forms.PasswordForm(request.POST if request.method == "POST" else None)
    actor = actor_of(request)
    user = person_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(actor=actor, user=user, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            auth.update_session_auth_hash(request, user)
            messages.success(request, _("密码已修改，其他地方的登录已退出"))
            return redirect("people:account")
    context = {"form": form, "forced": user.must_change_password, "page_title": _("修改密码")}
    return render(request, "people/password.html", context, status=422 if form.errors else 200)


DEEDS = (
    Deed(
        "delegate",
        gettext_lazy("请假委托"),
        "people.delegate",
        forms.DelegateForm,
        lambda actor, row, data: actions.delegate(
            actor=actor,
            **{name: data[name] for name in ("giver", "taker", "actions", "starts_on", "ends_on", "reason")},
        ),
    ),
)


@page(SIGNED_IN, methods=WRITING)
def account(request: HttpRequest) -> HttpResponse:
    """One's posts, leave and tokens."""
    user = person_of(request)
    today = clock.today()
    delegations = Delegation.objects.filter(
        Q(giver__user=user) | Q(taker__user=user), ended_at__isnull=True, ends_on__gte=today
    ).select_related("giver__unit", "taker__unit", "giver__user", "taker__user")
    tokens = ApiToken.objects.filter(post__user=user, revoked_at__isnull=True).select_related("post__unit")
    context = {
        "page_title": _("我的账号"),
        "person": user,
        "my_posts": posts_of(user),
        "delegations": delegations,
        "tokens": tokens,
        "feeds": feed_lines(user),
    }
    return deeds_page(request, DEEDS, "people/account.html", context, to=reverse("people:account"))


@page(SIGNED_IN, methods=("POST",))
def end_delegation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Back from leave."""
    actor = actor_of(request)
    row = found(Delegation.objects.filter(giver__user=person_of(request), public_id=public_id).first())
    actions.end_delegation(actor=actor, delegation=row)
    messages.success(request, _("委托已结束"))
    return redirect("people:account")


@page("people.issue_token", methods=WRITING)
def issue_token(request: HttpRequest) -> HttpResponse:
    """Make a token; its text is on this one answer and nowhere else."""
    actor = actor_of(request)
    form = forms.TokenForm(request.POST if request.method == "POST" else None, actor=actor)
    context = {"form": form, "page_title": _("发放接口令牌")}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        token, secret = actions.issue_token(
            actor=actor, post=data["post"], name=data["name"], expires_on=data["expires_on"]
        )
        context |= {"token": token, "secret": secret}
    return render(request, "people/token.html", context, status=422 if form.errors else 200)


@page(SIGNED_IN, methods=("POST",))
def revoke_token(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make one's token void."""
    actor = actor_of(request)
    row = found(ApiToken.objects.filter(post__user=person_of(request), public_id=public_id).first())
    actions.revoke_token(actor=actor, token=row)
    messages.success(request, _("令牌已作废"))
    return redirect("people:account")
