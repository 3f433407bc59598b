"""Frozen issues of reports and the words people add to them."""

from __future__ import annotations

from django.db import models


class Words(models.Model):
    """A person's words in a report that is not frozen yet: why a line is not done and what comes next."""

    roadmap = models.ForeignKey("plans.Roadmap", on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey("plans.Activity", on_delete=models.CASCADE, related_name="report_words")
    words = models.TextField("почему и что дальше")
    written_at = models.DateTimeField("когда")
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "слова к отчёту"
        constraints = [models.UniqueConstraint(fields=("roadmap", "activity"), name="words_once")]

    def __str__(self) -> str:
        return self.words[:100]


class Issue(models.Model):
    """A report as it was on its day: its content and files never change; `hash` is of the content."""

    class Stretch(models.TextChoices):
        INTERIM = "interim", "Промежуточный"
        CUMULATIVE = "cumulative", "С нарастающим итогом"
        STRETCH = "stretch", "За период"

    roadmap = models.ForeignKey("plans.Roadmap", on_delete=models.PROTECT, related_name="issues")
    kind = models.CharField("вид отчёта", max_length=30)
    stretch = models.CharField("за что", max_length=12, choices=Stretch.choices)
    number = models.PositiveIntegerField("номер выпуска")
    since = models.DateField("с")
    as_of = models.DateField("на дату")
    content = models.TextField("содержание, JSON")
    hash = models.CharField("хеш содержания", max_length=64)
    frozen_at = models.DateTimeField("зафиксирован")
    frozen_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, related_name="issues"
    )

    class Meta:
        verbose_name = "выпуск отчёта"
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("roadmap", "number"), name="issue_number_once")]

    def __str__(self) -> str:
        return f"{self.get_stretch_display()}, выпуск {self.number}"
