"""JSON logs, one line an event, without personal values: ids of users and posts, paths without their queries."""

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("guatu.request")
_HIDDEN: list[str] = []
PASSED_ON = ("request", "method", "path", "status", "ms", "user", "post", "job", "action", "code")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message and the fields that are safe to keep."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "message": record.getMessage() if record.name.startswith("guatu") else str(record.msg),
        }
        line.update({name: getattr(record, name) for name in PASSED_ON if hasattr(record, name)})
        if isinstance(line.get("request"), HttpRequest):  # Django's own loggers hand the object over
            line["request"] = getattr(line["request"], "request_id", "")
        if record.exc_info and record.exc_info[0] is not None:
            line["trace"] = _frames(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _frames(kind: type[BaseException], trace: TracebackType | None) -> list[str]:
    """Where it broke and what kind of fault it was; never its words, which may hold what somebody typed."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return [*frames, kind.__name__]


class RequestLogMiddleware:
    """Gives each request an id and logs its path, status and time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = str(uuid4())  # type: ignore[attr-defined]  # our own attribute
        begun = time.monotonic()
        response = self.get_response(request)
        actor = getattr(request, "actor", None)
        log.info(
            "request",
            extra={
                "request": request.request_id,  # type: ignore[attr-defined]  # set above
                "method": request.method,
                "path": path_without_secret(request.path),
                "status": response.status_code,
                "ms": round((time.monotonic() - begun) * 1000),
                "user": getattr(actor, "user_id", None),
                "post": getattr(actor, "post_id", None),
            },
        )
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]  # set above
        return response


def hide_below(path: str) -> None:
    """Say that what stands below a path is a secret: of whatever is asked for there, the log keeps the path alone."""
    _HIDDEN.append(path)


def path_without_secret(path: str) -> str:
    """The path as the log keeps it, also of what is no page: a mistyped address still holds the secret."""
    return next((start for start in _HIDDEN if path.startswith(start)), path)


def as_uuid(text: str) -> UUID | None:
    """A UUID from text, or None when it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None
