"""The risk profile: what the federal survey found in a school, and what the school takes into work (order line 4.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Level(models.TextChoices):
    """How much a factor weighs in a school by the federal survey."""

    NONE = "none", "нет"
    LOW = "low", "низкая"
    MIDDLE = "middle", "средняя"
    HIGH = "high", "высокая"


class SchoolRisk(models.Model):
    """One factor of one school: its level by the profile, the school's choice with a reason, the curator's word.

    `is_chosen` is None until the school has decided. `version` grows with every change of the cell, so that two people
    who edit one cell both see what the other wrote.
    """

    Level = Level

    participation = models.ForeignKey("schools.Participation", on_delete=models.CASCADE, related_name="risks")
    factor = models.ForeignKey("programmes.RiskFactor", on_delete=models.PROTECT, related_name="school_risks")
    level = models.CharField("значимость", max_length=10, choices=Level.choices, default=Level.NONE)
    is_chosen = models.BooleanField("взят в работу", null=True)
    chosen_on = models.DateField("решено", null=True, blank=True)
    reason = models.CharField("почему не взят", max_length=300, blank=True)
    verified_on = models.DateField("проверено куратором", null=True, blank=True)
    verified_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("версия", default=1)
    changed_at = models.DateTimeField("изменено")
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "фактор риска школы"
        ordering = ("participation", "factor")
        constraints = [
            models.UniqueConstraint(fields=("participation", "factor"), name="school_risk_once"),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | Q(is_chosen__isnull=False),
                name="school_risk_verified_choice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.factor}"

    @property
    def lacks_reason(self) -> bool:
        """A high factor that is left out has to be explained."""
        return self.level == self.Level.HIGH and self.is_chosen is False and not self.reason


class SchoolRiskChange(models.Model):
    """A cell as it stood since a day: written beside every change of it, never edited, read «на дату».

    The row with the greatest number among those with `on` not after a day says what stood on that day: a change told
    later about an earlier day is known better than what was written before it.
    """

    participation = models.ForeignKey(
        "schools.Participation", on_delete=models.CASCADE, related_name="risk_changes"
    )
    factor = models.ForeignKey("programmes.RiskFactor", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("с какого дня")
    level = models.CharField("значимость", max_length=10, choices=Level.choices, default=Level.NONE)
    is_chosen = models.BooleanField("взят в работу", null=True)
    chosen_on = models.DateField("решено", null=True, blank=True)
    reason = models.CharField("почему не взят", max_length=300, blank=True)
    verified_on = models.DateField("проверено куратором", null=True, blank=True)
    verified_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("версия клетки")
    changed_at = models.DateTimeField("изменено")
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "изменение фактора риска школы"
        ordering = ("pk",)
        indexes = [models.Index(fields=("participation", "factor", "on"), name="risk_change_day")]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.factor}, {self.on:%d.%m.%Y}"
