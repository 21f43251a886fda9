"""The browser's own floor: pages arrive with their stylesheet, keep the policy, and pass axe at both widths."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("phone", [False, True], ids=["1440", "390"])
def test_an_address_that_leads_nowhere_says_so_in_our_frame(browse, axe, phone):
    """The one page that needs no package; its missing favicon or bundle would show in the console."""
    page = browse(phone=phone)
    answer = page.request.get("/no-such-page/")
    assert answer.status == 404
    page.set_content(answer.text().replace('href="/', f'href="{answer.url.split("/no-")[0]}/'))
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "zh-hans"
