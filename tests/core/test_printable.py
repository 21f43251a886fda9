"""What no page may hold is taken out of every page, and nothing else is."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from guatu.core.printable import PrintableMiddleware, printable
from tests.support import html
from tests.support.cast import cast

__all__ = ["cast"]

ANY = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"], exclude_characters="<>&"))


@given(ANY)
@example("甲\0乙\x1b[31m\x7f\x80\x9f\ufdd0\ufdef\ufffe\uffff·（丙）\t\r\n")
def test_what_is_left_is_valid_and_in_its_order(text):
    left = printable(text.encode()).decode()
    assert html.faults(f"<p>{left}</p>") == []
    rest = iter(text)
    assert all(sign in rest for sign in left)


@given(ANY)
def test_what_html_can_hold_stays(text):
    if not html.faults(f"<p>{text}</p>"):
        assert printable(text.encode()).decode() == text


def through(response):
    return PrintableMiddleware(lambda _request: response)(RequestFactory().get("/"))


def test_only_pages_are_touched():
    assert through(HttpResponse("甲\0")).content.decode() == "甲"
    assert through(HttpResponse(b"PK\0", content_type="application/zip")).content == b"PK\0"
    assert b"".join(through(StreamingHttpResponse([b"\0"]))) == b"\0"


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\ufffe"])
def test_a_refused_word_is_said_back_without_such_signs(cast, sign):
    answer = cast.client("office").get("/library/import/", {"period": f"2026{sign}年"})
    assert answer.status_code in (200, 422)
    assert sign not in answer.content.decode()
