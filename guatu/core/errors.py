"""Django's own error pages in our frame."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "core/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "core/errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return render(request, "core/errors/403.html", {"csrf": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: does not exist, or is out of the post's scope."""
    return render(request, "core/errors/404.html", status=404)


def too_large(request: HttpRequest, size: int, limit: int) -> HttpResponse:
    """413: more was announced than may be uploaded; sizes in MB."""
    reason = _("这次上传有 %(size)s MB，上限 %(limit)s MB。") % {"size": size, "limit": limit}
    return render(request, "core/errors/413.html", {"reason": reason}, status=413)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """500."""
    return render(request, "core/errors/500.html", status=500)
