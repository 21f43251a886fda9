"""Readings: the stored fact of progress."""

from django.db import models
from django.db.models import Q

from guatu.core.dated import DatedFact
from guatu.core.fields import MoneyField
from guatu.domain.mix import InvestmentMix
from guatu.library.models import Project
from guatu.reporting.choices import Basis, Truth


class Reading(DatedFact):
    """How far a project had come on a day, by one basis: cumulative since the start and this year's to date.

    A period's amount is the difference of two readings. `ytd` and `cumulative` follow from each other by the reading of
    the last year's end; either may be empty while that is not known.
    """

    KEY = ("project_id", "basis", "truth")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="readings")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.DISPATCH)
    truth = models.CharField(max_length=10, choices=Truth, default=Truth.CONFIRMED)
    cumulative = MoneyField(null=True, blank=True)
    ytd = MoneyField(null=True, blank=True)
    preliminary_cost = MoneyField(default=0)  # 前期费用 of this year, shown apart
    percent = models.IntegerField(null=True, blank=True)  # physical progress in hundredths of a per cent
    words = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    next_plan = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    # the composition, as far as it was told; of which amount it is, `InvestmentMix.of` tells
    mix_construction = MoneyField(null=True, blank=True)
    mix_installation = MoneyField(null=True, blank=True)
    mix_equipment = MoneyField(null=True, blank=True)
    mix_other = MoneyField(null=True, blank=True)
    estimate = models.BooleanField(default=False)  # 预计数, after the cut-off
    period = models.CharField(max_length=12, blank=True)  # 2019-03, 2019-W12: what it was reported for
    source = models.CharField(max_length=160, blank=True)  # the file or way it came by

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "basis", "truth", "effective_on", "booked_on"],
                condition=Q(superseded_at__isnull=True),
                name="reading_stands_once",
            )
        ]
        indexes = [models.Index(fields=["basis", "project", "effective_on"], name="reading_series")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.effective_on}"

    @property
    def mix(self) -> InvestmentMix:
        """The composition that was told."""
        return InvestmentMix(self.mix_construction, self.mix_installation, self.mix_equipment, self.mix_other)

    @mix.setter
    def mix(self, told: InvestmentMix) -> None:
        self.mix_construction, self.mix_installation = told.construction, told.installation
        self.mix_equipment, self.mix_other = told.equipment, told.other
