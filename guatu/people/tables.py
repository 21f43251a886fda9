"""What people add to the tables of the system pages: whose post an event of the access log is."""

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.registries import COLUMNS, ColumnPart
from guatu.people.models import Post


def _who(actor: Actor) -> Combinable:
    """The post's unit and title, without its holder's name."""
    unit = Coalesce(NullIf("unit__short_name", Value("")), "unit__name", Value(""))
    said = Concat(unit, Value(" · "), "title", output_field=CharField())
    return Subquery(Post.objects.filter(pk=OuterRef("post_id")).annotate(_said=said).values("_said")[:1])


COLUMNS.add("people.access_who", ColumnPart("who", "core.access", _("岗位"), _who, "text", filter="text"))
