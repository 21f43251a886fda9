"""Enumerations of bulletins, with their Chinese words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BulletinState(TextChoices):
    """The life of a bulletin: drafted, issued with frozen figures, its signed copy archived; or set aside."""

    DRAFT = "draft", _("起草中")
    ISSUED = "issued", _("已签发")
    ARCHIVED = "archived", _("已归档")
    WITHDRAWN = "withdrawn", _("已作废")
