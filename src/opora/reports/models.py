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

    roadmap = models.ForeignKey("plans.Roadmap", on_delete=models.PROTECT, null=True, related_name="issues")
    # A report over the municipalities of a region has no roadmap of its own.
    region = models.ForeignKey("schools.Region", on_delete=models.PROTECT, null=True, related_name="issues")
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField("вид отчёта", max_length=30)
    # What a note is about, when one roadmap has several: "stage:2", "round:5", "collection:7".
    about = models.CharField("о чём", max_length=50, blank=True)
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
        constraints = [
            models.UniqueConstraint(fields=("roadmap", "number"), name="issue_number_once"),
            models.UniqueConstraint(
                fields=("region", "programme", "number"),
                condition=models.Q(region__isnull=False),
                name="issue_region_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(roadmap__isnull=False, region__isnull=True)
                | models.Q(roadmap__isnull=True, region__isnull=False, programme__isnull=False),
                name="issue_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stretch_display()}, выпуск {self.number}"


class IssuePublication(models.Model):
    """A frozen issue of a region's report on the portal with the files given out; taken down with a reason.

    Append-only: a row is never removed, and taking down, once, is the only change the database allows.
    """

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="publications")
    docx = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    xlsx = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField("размещён")
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    taken_down_on = models.DateField("снят", null=True, blank=True)
    taken_down_reason = models.CharField("почему снят", max_length=300, blank=True)

    class Meta:
        verbose_name = "размещение выпуска отчёта"
        ordering = ("-published_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("issue",), condition=models.Q(taken_down_on__isnull=True), name="issue_up_once"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_down_on__isnull=True, taken_down_reason="")
                | models.Q(taken_down_on__gte=models.F("published_on")) & ~models.Q(taken_down_reason=""),
                name="issue_publication_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue}, размещён {self.published_on:%d.%m.%Y}"


class PaperTemplate(models.Model):
    """A centre's own Word template for one kind of report; the latest that is not withdrawn is used."""

    municipality = models.ForeignKey(
        "schools.Municipality", on_delete=models.PROTECT, null=True, related_name="paper_templates"
    )
    region = models.ForeignKey(
        "schools.Region", on_delete=models.PROTECT, null=True, related_name="paper_templates"
    )
    kind = models.CharField("вид отчёта", max_length=30)
    number = models.PositiveSmallIntegerField("версия")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("имя файла", max_length=300)
    added_at = models.DateTimeField("внесён")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("больше не используется", null=True, blank=True)

    class Meta:
        verbose_name = "шаблон документа"
        ordering = ("kind", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "kind", "number"),
                condition=models.Q(municipality__isnull=False),
                name="paper_template_once",
            ),
            models.UniqueConstraint(
                fields=("region", "kind", "number"),
                condition=models.Q(region__isnull=False),
                name="paper_template_region_once",
            ),
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False, region__isnull=True)
                | models.Q(municipality__isnull=True, region__isnull=False),
                name="paper_template_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, версия {self.number}"
