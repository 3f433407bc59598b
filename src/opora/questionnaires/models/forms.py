"""A form as a methodologist writes it in a spreadsheet (XLSForm), with every version that was in use."""

from __future__ import annotations

from django.db import models


class Questionnaire(models.Model):
    """A form of a centre; what it asks stands in its versions."""

    municipality = models.ForeignKey(
        "schools.Municipality", on_delete=models.PROTECT, related_name="questionnaires"
    )
    title = models.CharField("название", max_length=300)
    folded_title = models.CharField("название для поиска", max_length=310, db_index=True)
    added_on = models.DateField("заведена")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    retired_on = models.DateField("больше не используется с", null=True, blank=True)

    class Meta:
        verbose_name = "форма"
        ordering = ("folded_title", "pk")

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """One compiled XLSForm: the workbook as it came, and what was understood of it. Never changed once collected by.

    `content` is `opora.questionnaires.content.Form` as JSON.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("номер")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("имя файла", max_length=300, blank=True)
    content = models.JSONField("вопросы и правила")
    added_at = models.DateTimeField("внесена")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "версия формы"
        ordering = ("questionnaire", "-number")
        constraints = [
            models.UniqueConstraint(fields=("questionnaire", "number"), name="questionnaire_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, версия {self.number}"
