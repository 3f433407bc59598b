"""What schools received by national projects, and how much of it there is (order lines 2.10, 2.11)."""

from __future__ import annotations

from django.db import models


class Equipment(models.Model):
    """One position of equipment of a school: by which project, since which year, in which unit."""

    participation = models.ForeignKey(
        "schools.Participation", on_delete=models.CASCADE, related_name="equipment"
    )
    project = models.ForeignKey(
        "programmes.NationalProject", on_delete=models.PROTECT, related_name="equipment"
    )
    name = models.CharField("что получено", max_length=300)
    folded_name = models.CharField("название для сверки", max_length=310)
    unit = models.CharField("единица", max_length=30, default="шт.")
    year = models.PositiveSmallIntegerField("год получения")

    class Meta:
        verbose_name = "оснащение"
        ordering = ("participation", "project", "folded_name")
        constraints = [
            models.UniqueConstraint(fields=("participation", "project", "folded_name"), name="equipment_once")
        ]

    def __str__(self) -> str:
        return self.name


class EquipmentCount(models.Model):
    """How much of a position there was on a day; the first is the baseline, the latest by a day is «сейчас»."""

    equipment = models.ForeignKey(Equipment, on_delete=models.CASCADE, related_name="counts")
    amount = models.PositiveIntegerField("количество")
    counted_on = models.DateField("на какой день")
    counted_at = models.DateTimeField("когда внесено")
    counted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "подсчёт оснащения"
        ordering = ("equipment", "counted_on")
        constraints = [
            models.UniqueConstraint(fields=("equipment", "counted_on"), name="equipment_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.equipment}: {self.amount}"
