"""What comes of a form that is sent: carried out, changed by another meanwhile, refused beside it, or refused."""

import pytest
from django import forms

from guatu.core.answers import attempt
from guatu.core.refusals import Conflict, Refusal
from tests.support.cast import Cast, cast

__all__ = ["cast"]


class NameForm(forms.Form):
    name = forms.CharField()


def sent() -> NameForm:
    form = NameForm({"name": "新局"})
    assert form.is_valid()
    return form


def refuse(code: str, **params: object):
    def run():
        raise Refusal(code, **params)

    return run


def test_what_was_carried_out_gives_its_result():
    done = attempt(sent(), lambda: "已办")
    assert (done.carried_out, done.status, done.result, dict(done.shown)) == (True, 200, "已办", {})


def test_what_the_person_can_mend_stands_beside_the_form():
    form = sent()
    done = attempt(form, refuse("core.reason_missing", what="撤销"))
    assert (done.carried_out, done.status) == (False, 422)
    assert form.non_field_errors() == [str(Refusal("core.reason_missing", what="撤销"))]


def test_what_he_cannot_mend_there_is_refused():
    with pytest.raises(Refusal):
        attempt(sent(), refuse("core.not_allowed", what="x"))


def test_another_s_change_is_shown_with_both_versions(cast: Cast):
    unit = cast.unit("housing")

    def run():
        raise Conflict(name=str(unit), seen=unit.version, theirs={"name": unit.name}, row=unit)

    done = attempt(sent(), run)
    assert (done.carried_out, done.status) == (False, 409)
    assert done.shown["conflict"]
