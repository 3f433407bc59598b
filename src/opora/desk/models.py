"""Rows of the desk: forms that came after their session had ended, kept for half an hour."""

from __future__ import annotations

from django.db import models

from opora.accounts.models import User


class KeptForm(models.Model):
    """What was typed, sealed with a key that only the browser has; rows live half an hour."""

    # SHA-256 of the key, so that the row can be found and not be opened.
    mark = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE)
    sealed = models.TextField()
    at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "набранное в конце сеанса"
        indexes = [models.Index(fields=("person", "at"), name="keptform_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.at:%d.%m.%Y %H:%M}"
