"""The API's frame: tokens, problem+json, cursor paging, versions, requests carried out once, and how parts are joined.

router = Router(tags=["library"])

@router.get("/projects", response={200: Page, **ERRORS})
@needs("library.view")
def projects(request: HttpRequest, cursor: str = "", limit: Limit = 50):
    return fast(paged(visible_projects(api_actor(request)), cursor, limit, as_dict))

@router.post("/projects", response={200: ProjectOut, **ERRORS})
@needs("library.register_project")
def create(request: HttpRequest, body: ProjectIn):
    return once(request, lambda actor: register_project(actor=actor, **body.dict()))
"""

import functools
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from guatu.core import policies, rights, trail
from guatu.core.actor import Actor, Way
from guatu.core.api_problems import (
    PROBLEM_TYPE,
    Problem,
    broken,
    invalid,
    malformed,
    missing,
    problem,
    unauthorized,
    wrong_method,
)
from guatu.core.api_tools import (
    Limit,
    Page,
    api_actor,
    cursor_of,
    fast,
    needs,
    once,
    paged,
    register_token_resolver,
    resolve_token,
    seen_version,
    with_etag,
)
from guatu.core.limits import check_rate
from guatu.core.models import Job
from guatu.core.pages import ANYONE, SIGNED_IN, Access
from guatu.core.refusals import Refusal

__all__ = [
    "ERRORS",
    "Limit",
    "Page",
    "Problem",
    "api_actor",
    "build_api",
    "cursor_of",
    "fast",
    "needs",
    "once",
    "paged",
    "register_token_resolver",
    "router",
    "seen_version",
    "with_etag",
]

ERRORS: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 413, 422, 429, 500}): Problem}
"""To be spread into every operation's `response`, so that the description names its refusals."""

RATE = (600, 60)  # requests of one token in so many seconds


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …`: the actor of the token's post."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = resolve_token(token)
        if actor is None:
            return None
        check_rate(f"api:{actor.post_id}:{actor.user_id}", *RATE)
        found = actor.by(Way.API)
        request.actor = found  # type: ignore[attr-defined]  # where pages have it too
        return found


class _Schema(OpenAPISchema):
    """The description says that errors come as problem+json."""

    def responses(self, operation: Any) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = super().responses(operation)
        for status, response in found.items():
            if int(status) >= 400 and "content" in response:
                response["content"] = {PROBLEM_TYPE: next(iter(response["content"].values()))}
        return found


def _in_our_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, whose answer to a method that it does not take is a problem as well."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        return wrong_method(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    return run


class GuatuAPI(NinjaAPI):
    """The product's API, without a documentation page (it would load scripts from outside)."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        """Every address carries the access that its operation declares, where the addresses of pages have it.

        The library gives one pattern an operation, in this order, between two of its own: the description, and the
        root, which answers 404.
        """
        found: list[URLResolver | URLPattern] = super()._get_urls()
        operations = [
            operation
            for part in self._get_bound_routers()
            for view in part.path_operations.values()
            for operation in view.operations
        ]
        for pattern, operation in zip(found, [None, *operations, None], strict=True):
            view: Any = _in_our_form(cast(Callable[..., HttpResponse], pattern.callback))
            pattern.callback = view
            declared = Access(ANYONE, ("GET",))
            if operation is not None:
                right = getattr(getattr(operation.view_func, "guatu_access", None), "right", "")
                declared = Access(right, tuple(operation.methods))
            if declared.right:
                view.guatu_access = declared  # read by tests and the page
        return found

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return _Schema(self, prefix)


def build_api(routers: Iterable[tuple[str, Router]], *, namespace: str = "api") -> NinjaAPI:
    """Join (path prefix, router) pairs under one API with tokens and problem+json."""
    api = GuatuAPI(
        title="guatu 挂图",
        version="1",
        urls_namespace=namespace,
        docs_url=None,
        openapi_url="/openapi.json",
        auth=TokenAuth(),
    )
    for prefix, part in routers:
        api.add_router(prefix, part)
    _handle(api)
    return api


def _handle(api: NinjaAPI) -> None:
    handlers: list[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponse]]] = [
        (Refusal, problem),
        (ValidationError, invalid),
        (AuthenticationError, unauthorized),
        (Http404, missing),
        (HttpError, malformed),
        (Exception, broken),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)


router = Router(tags=["core"])


@router.get("/jobs/{uuid:public_id}", response={200: dict[str, Any], **ERRORS}, url_name="job")
@needs(SIGNED_IN)
def read_job(request: HttpRequest, public_id: str) -> HttpResponse:
    """One background job: state, progress, result."""
    row = policies.visible_jobs(api_actor(request)).filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.job_gone")
    return with_etag(fast(_job(row)), row.version)


@router.get("/me", response={200: dict[str, Any], **ERRORS}, url_name="me")
@needs(SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """The post in which the token acts, and what it may do."""
    actor = api_actor(request)
    allowed = [row.action for row in rights.table() if rights.can(actor, row.action).allowed]
    return fast({"post_kind": actor.post_kind, "label": actor.label, "rights": allowed})


@router.get("/trail/verify", response={200: dict[str, Any], **ERRORS}, url_name="verify_trail")
@needs("core.verify_trail")
def verify_trail(request: HttpRequest) -> HttpResponse:
    """Whether the chain of the trail is whole, and the first entry that is not."""
    api_actor(request)
    return fast(trail.verify().as_json())


def _job(row: Job) -> dict[str, Any]:
    names = ("public_id", "kind", "words", "state", "done", "total", "step", "result", "created_at", "finished_at")
    return {name: getattr(row, name) for name in names}
