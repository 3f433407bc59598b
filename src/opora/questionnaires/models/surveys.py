"""Results of a survey made elsewhere: the federal survey of directors and curators (order line 4.5)."""

from __future__ import annotations

from django.db import models


class Survey(models.Model):
    """One survey whose results were loaded from a spreadsheet."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="surveys")
    municipality = models.ForeignKey("schools.Municipality", on_delete=models.PROTECT, related_name="surveys")
    title = models.CharField("название", max_length=300)
    held_on = models.DateField("когда проведён")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("имя файла", max_length=300, blank=True)
    loaded_at = models.DateTimeField("загружен")
    loaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "опрос"
        ordering = ("-held_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "programme", "title", "held_on"), name="survey_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SurveyFigure(models.Model):
    """How many of a group gave one answer to one question; of `total` who answered it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveIntegerField("порядок")
    group = models.CharField("кто отвечал", max_length=100, blank=True)
    question = models.CharField("вопрос", max_length=1000)
    answer = models.CharField("ответ", max_length=500)
    amount = models.PositiveIntegerField("сколько ответили так")
    total = models.PositiveIntegerField("сколько всего ответили")

    class Meta:
        verbose_name = "результат опроса"
        ordering = ("survey", "position")
        constraints = [
            models.UniqueConstraint(fields=("survey", "position"), name="survey_figure_once"),
            models.CheckConstraint(
                condition=models.Q(amount__lte=models.F("total")), name="survey_figure_is_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
