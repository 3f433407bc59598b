"""A person's word for a line."""

from __future__ import annotations

from django.db import models


class Attestation(models.Model):
    """A person's word that a line was done, with what came of it; counts once another has confirmed it.

    For a line that is counted by schools the word is about one school.
    """

    activity = models.ForeignKey("plans.Activity", on_delete=models.PROTECT, related_name="attestations")
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="attestations"
    )
    happened_on = models.DateField("когда было")
    words = models.TextField("что сделано")
    is_nothing = models.BooleanField("сообщать нечего", default=False)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("внесено")
    confirmed_on = models.DateField("подтверждено", null=True, blank=True)
    confirmation_entered_on = models.DateField(
        "когда внесено подтверждение прошлым днём", null=True, blank=True
    )
    confirmed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    withdrawn_reason = models.CharField("почему отозвано", max_length=300, blank=True)

    class Meta:
        verbose_name = "подтверждение пункта"
        ordering = ("-happened_on", "-pk")
        indexes = [models.Index(fields=("activity", "confirmed_on"), name="attestation_activity")]

    def __str__(self) -> str:
        return f"{self.activity.number}: {self.words}"[:200]
