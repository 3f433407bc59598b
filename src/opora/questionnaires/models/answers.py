"""What was answered: a draft while it is being written, and every submission as it was given."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """An answer being written: saved as one types, with a version so that two people see each other's words."""

    respondent = models.OneToOneField(
        "questionnaires.Respondent", on_delete=models.CASCADE, related_name="draft"
    )
    data = models.JSONField("ответы", default=dict)
    version = models.PositiveIntegerField("версия", default=1)
    saved_at = models.DateTimeField("сохранено")
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "черновик ответа"

    def __str__(self) -> str:
        return f"черновик {self.respondent_id}"


class Submission(models.Model):
    """An answer as it was given; a corrected one is a new row. An anonymous one names nobody and keeps only the day."""

    collection = models.ForeignKey(
        "questionnaires.Collection", on_delete=models.CASCADE, related_name="submissions"
    )
    respondent = models.ForeignKey(
        "questionnaires.Respondent",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="submissions",
    )
    number = models.PositiveSmallIntegerField("номер", default=1)
    data = models.JSONField("ответы")
    submitted_on = models.DateField("день")
    submitted_at = models.DateTimeField("когда", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ответ"
        ordering = ("collection", "submitted_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("respondent", "number"),
                condition=models.Q(respondent__isnull=False),
                name="submission_once",
            ),
            models.CheckConstraint(
                condition=models.Q(respondent__isnull=False)
                | models.Q(submitted_at__isnull=True, submitted_by__isnull=True),
                name="submission_anonymous_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection}, {self.submitted_on}"
