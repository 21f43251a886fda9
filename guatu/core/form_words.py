"""The base of every form: what is missing or odd is said with the field's name, an empty choice asks to choose."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence

NO_CHOICE: Final = _("请选择")
DJANGOS_NO_CHOICE: Final = "---------"
CHOOSE: Final = _("请选择“%(label)s”。")
ASKED: Final[Mapping[type[forms.Field], Sentence]] = {
    forms.FileField: _("请选择“%(label)s”要用的文件。"),
    forms.ChoiceField: CHOOSE,
    forms.ModelChoiceField: CHOOSE,
    forms.Field: _("请填写“%(label)s”。"),
}
"""What is said where nothing was given, by the kind of field; the first kind that fits."""

WRONG: Final[Mapping[type[forms.Field], Sentence]] = {
    forms.ModelChoiceField: _("“%(label)s”选的不在可选范围内，请重新选择。"),
    forms.DecimalField: _("“%(label)s”要填数字，如 3.5。"),
    forms.IntegerField: _("“%(label)s”要填整数，如 20。"),
}
"""What is said of what cannot be read."""

ODD: Final[Mapping[str, Sentence]] = {
    "invalid_choice": _("“%(label)s”没有“%(value)s”这一项，请重新选择。"),
    "invalid_list": _("“%(label)s”选的不在可选范围内，请重新选择。"),
    "max_length": _("“%(label)s”最多 %(limit_value)d 个字，现有 %(show_value)d 个。请改短一些。"),
    "min_length": _("“%(label)s”至少 %(limit_value)d 个字，现有 %(show_value)d 个。"),
    "max_value": _("“%(label)s”不能大于 %(limit_value)s。"),
    "min_value": _("“%(label)s”不能小于 %(limit_value)s。"),
    "max_digits": _("“%(label)s”最多 %(max)s 位数字。"),
    "max_decimal_places": _("“%(label)s”最多 %(max)s 位小数。"),
    "max_whole_digits": _("“%(label)s”的整数部分最多 %(max)s 位。"),
    "null_characters_not_allowed": _("“%(label)s”里有不能保存的字符，请删去后重填。"),
    "empty": _("“%(label)s”选的文件是空的，请重新选择。"),
}
"""Further codes of Django's checks; their parameters are filled in by Django."""


def _said(words: Sentence, label: str) -> str:
    """The sentence with the field's name; what else it names stays to be filled in by Django, "%" included."""
    parts = str(words).split("%(label)s")
    return (label.replace("%", "%%") if any("%(" in part for part in parts) else label).join(parts)


def _of_kind(words: Mapping[type[forms.Field], Sentence], field: forms.Field) -> Sentence | None:
    return next((text for kind, text in words.items() if isinstance(field, kind)), None)


def _defaults(field: forms.Field) -> dict[str, Any]:
    """Django's own words of the field's kind."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found.update(getattr(kind, "default_error_messages", {}))
    return found


def name_in_messages(field: forms.Field, label: str) -> None:
    """Let a field's messages name it, where its declaration gave none of its own."""
    wanted: dict[str, Sentence | None] = {
        **ODD,
        "required": _of_kind(ASKED, field),
        "invalid": _of_kind(WRONG, field),
    }
    if isinstance(field, forms.ModelChoiceField):
        wanted["invalid_choice"] = WRONG[forms.ModelChoiceField]
    if isinstance(field, forms.FileField):
        del wanted["max_length"]  # of the file's name, with other parameters
    plain = _defaults(field)
    for code, words in wanted.items():
        stands = field.error_messages.get(code)
        if words is not None and (stands is None or stands is plain.get(code)):
            field.error_messages[code] = _said(words, label)


class Form(forms.Form):
    """A form of the product. Its fields need labels: messages name them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DJANGOS_NO_CHOICE:
                field.empty_label = NO_CHOICE  # translated when it is drawn

    def full_clean(self) -> None:
        """Check the form; fields that were added meanwhile are named too."""
        for field in self.fields.values():
            if field.label:
                name_in_messages(field, str(field.label))
        super().full_clean()
