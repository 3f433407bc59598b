"""A programme of a year and the catalogues that come with it."""

from __future__ import annotations

from django.db import models

from opora.programmes.factor_words import USUAL, FactorWords


class Programme(models.Model):
    """A programme of help to schools in one year, loaded from a pack: «Проект 500+», 2022."""

    code = models.SlugField("код набора", unique=True)
    name = models.CharField("название", max_length=300)
    short_name = models.CharField("короткое название", max_length=100)
    year = models.PositiveSmallIntegerField("год")
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    # What the catalogue is made of: factors of risk, or directions of self-diagnosis.
    factor_words = models.CharField("как называются факторы: один, два, много", max_length=100, default=USUAL)
    least_risks = models.PositiveSmallIntegerField("выбрать не меньше", default=2)
    most_risks = models.PositiveSmallIntegerField("выбрать не больше", default=5)
    # Fields of the programme's own forms (visit sheet, curator's report), as the pack gives them.
    forms = models.JSONField("поля форм", default=dict, blank=True)

    class Meta:
        verbose_name = "программа"
        ordering = ("-year", "name")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="programme_term"
            )
        ]

    def __str__(self) -> str:
        return f"{self.short_name}, {self.year}"

    @property
    def words(self) -> FactorWords:
        """How this programme calls its factors."""
        return FactorWords.of(self.factor_words)


class Stage(models.Model):
    """A stretch of the programme's year: «1 этап», February to May."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="stages")
    number = models.PositiveSmallIntegerField("номер")
    name = models.CharField("название", max_length=100)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")

    class Meta:
        verbose_name = "этап"
        ordering = ("programme", "number")
        constraints = [
            models.UniqueConstraint(fields=("programme", "number"), name="stage_once"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="stage_term"),
        ]

    def __str__(self) -> str:
        return self.name


class RiskFactor(models.Model):
    """A factor of the risk profile, as the programme's catalogue names it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="risk_factors")
    number = models.PositiveSmallIntegerField("номер")
    name = models.CharField("название", max_length=300)

    class Meta:
        verbose_name = "фактор риска"
        ordering = ("programme", "number")
        constraints = [models.UniqueConstraint(fields=("programme", "number"), name="risk_factor_once")]

    def __str__(self) -> str:
        return self.name


class DocumentKind(models.Model):
    """A kind of document the programme speaks of: report, note, recommendations.

    `owed_by` says whom the programme expects it from: each school, or each school for each chosen factor; `is_marked`
    that it goes to ИС МЭДК and bears marks.
    """

    class OwedBy(models.TextChoices):
        NOBODY = "", "никем"
        SCHOOL = "school", "каждой школой"
        FACTOR = "factor", "каждой школой по каждому выбранному риску"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="document_kinds")
    code = models.SlugField("код")
    name = models.CharField("название", max_length=200)
    position = models.PositiveSmallIntegerField("порядок")
    owed_by = models.CharField("кем ожидается", max_length=10, choices=OwedBy.choices, blank=True, default="")
    is_marked = models.BooleanField("отмечается в ИС МЭДК", default=False)

    class Meta:
        verbose_name = "вид документа"
        ordering = ("programme", "position")
        constraints = [models.UniqueConstraint(fields=("programme", "code"), name="document_kind_once")]

    def __str__(self) -> str:
        return self.name


class NationalProject(models.Model):
    """A national project by which schools are equipped: «Точка роста», ЦОС (order lines 2.10, 2.11)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="national_projects")
    code = models.SlugField("код")
    name = models.CharField("название", max_length=200)
    position = models.PositiveSmallIntegerField("порядок")

    class Meta:
        verbose_name = "национальный проект"
        ordering = ("programme", "position")
        constraints = [models.UniqueConstraint(fields=("programme", "code"), name="national_project_once")]

    def __str__(self) -> str:
        return self.name
