"""No page holds a sign that HTML has no place for, wherever it came from: an address, a refused form's own words, a
file's text said back.
"""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase

_CONTROLS: Final = bytes(sorted({*range(0x20), 0x7F} - {*b"\t\n\f\r"}))
_WIDE: Final = (  # in UTF-8; each begins with plain bytes, which is looked for twenty times as fast as a class of them
    re.compile(rb"\xc2[\x80-\x9f]"),  # C1 controls
    re.compile(rb"\xef\xb7[\x90-\xaf]"),  # U+FDD0 to U+FDEF, no characters by Unicode's word
    re.compile(rb"\xef\xbf[\xbe\xbf]"),  # U+FFFE and U+FFFF, likewise
)


def printable(page: bytes) -> bytes:
    """A page in UTF-8 without the control characters and non-characters that the HTML standard names parse errors
    (13.2.3.5; the non-characters of the higher planes are let through).
    """
    page = page.translate(None, _CONTROLS)
    for pattern in _WIDE:
        page = pattern.sub(b"", page)
    return page


class PrintableMiddleware:
    """Takes such signs out of whatever page goes out; files and streams go as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = printable(response.content)
        return response
