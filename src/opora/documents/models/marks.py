"""Marks of ИС МЭДК: what a school loaded into the federal system and what became of it there (order line 4.2)."""

from __future__ import annotations

from django.db import models


class FederalMark(models.Model):
    """One marking of a paper or a measure of a school; what stands on a day is the latest row by then.

    Rows are added, never changed, so that any day can be seen. A paper is named by its kind and, where the programme
    owes one for each chosen risk, by the factor; a measure by its row.
    """

    class State(models.TextChoices):
        NONE = "none", "Не загружено"
        LOADED = "loaded", "Загружено"
        CONFIRMED = "confirmed", "Подтверждено куратором"
        RETURNED = "returned", "Вернулось с вопросом"

    participation = models.ForeignKey("schools.Participation", on_delete=models.CASCADE, related_name="marks")
    kind = models.ForeignKey(
        "programmes.DocumentKind", on_delete=models.PROTECT, null=True, blank=True, related_name="marks"
    )
    factor = models.ForeignKey(
        "programmes.RiskFactor", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    measure = models.ForeignKey(
        "schools.Measure", on_delete=models.CASCADE, null=True, blank=True, related_name="marks"
    )
    state = models.CharField("состояние", max_length=10, choices=State.choices)
    marked_on = models.DateField("на какой день")
    marked_at = models.DateTimeField("когда внесено")
    marked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    address = models.URLField("ссылка", max_length=500, blank=True)
    words = models.CharField("пояснение", max_length=500, blank=True)

    class Meta:
        verbose_name = "отметка ИС МЭДК"
        ordering = ("participation", "marked_on", "pk")
        indexes = [models.Index(fields=("participation", "marked_on"), name="mark_participation")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__isnull=False, measure__isnull=True)
                | models.Q(kind__isnull=True, measure__isnull=False, factor__isnull=True),
                name="mark_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.get_state_display()}"
