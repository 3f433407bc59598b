"""A list that a person gave and looks through: it waits on the server, so that the page of agreement stays small."""

from __future__ import annotations

from django.db import models


class ListDraft(models.Model):
    """What was read from a file or a paste, until its giver agrees; nothing of it is a school yet."""

    class Subject(models.TextChoices):
        SCHOOLS = "schools", "школы"
        MUNICIPALITIES = "municipalities", "муниципалитеты"
        OUTCOMES = "outcomes", "результаты"
        EQUIPMENT = "equipment", "оснащение"

    subject = models.CharField("о чём", max_length=20, choices=Subject.choices)
    content = models.JSONField("прочитанное")
    file_name = models.CharField("имя файла", max_length=300, blank=True)
    made_at = models.DateTimeField("получен")
    made_by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "список на проверке"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.file_name or self.get_subject_display()
