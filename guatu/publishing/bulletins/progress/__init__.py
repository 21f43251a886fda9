"""重点项目进展通报: how the lists stand at a date, by sector and unit, what lags and why, and what comes next."""

from django.utils.translation import gettext_lazy as _

from guatu.publishing.bulletins.kind import BulletinKind
from guatu.publishing.bulletins.progress.facts import gather
from guatu.publishing.bulletins.progress.text import make

PROGRESS = BulletinKind("progress", _("重点项目进展通报"), _("重点项目建设简报"), gather, make)
