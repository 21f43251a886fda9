"""The browser's own floor: pages arrive with their stylesheet, keep the policy, and pass axe at both widths."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("phone", [False, True], ids=["1440", "390"])
def test_an_address_that_leads_nowhere_says_so_in_our_frame(browse, axe, phone):
    page = browse(phone=phone, expected="404 (Not Found)")
    answer = page.goto("/no-such-page/")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], "the page is wider than the screen"
    axe(page)
