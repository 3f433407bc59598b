"""The anti-risk programme of a school: one for each chosen risk (domain, section 5)."""

from __future__ import annotations

from django.db import models


class AntiRiskProgramme(models.Model):
    """What a school does about one risk: aim, tasks, terms, expected result, executors (posts, not names)."""

    participation = models.ForeignKey(
        "schools.Participation", on_delete=models.CASCADE, related_name="programmes_of_work"
    )
    factor = models.ForeignKey("programmes.RiskFactor", on_delete=models.PROTECT, related_name="+")
    aim = models.TextField("цель", blank=True)
    tasks = models.TextField("задачи", blank=True)
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    expected = models.TextField("ожидаемые результаты", blank=True)
    executors = models.TextField("исполнители", blank=True)
    file = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField("имя файла", max_length=300, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "антирисковая программа"
        ordering = ("participation", "factor")
        constraints = [
            models.UniqueConstraint(fields=("participation", "factor"), name="anti_risk_programme_once")
        ]

    def __str__(self) -> str:
        return f"{self.factor}"


class TargetIndicator(models.Model):
    """A figure that the programme means to change: baseline, target, actual, in one unit."""

    programme = models.ForeignKey(AntiRiskProgramme, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField("порядок")
    name = models.CharField("показатель", max_length=300)
    unit = models.CharField("в чём измеряется", max_length=30, blank=True)
    baseline = models.DecimalField("было", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("должно стать", max_digits=12, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField("стало", max_digits=12, decimal_places=2, null=True, blank=True)
    measured_on = models.DateField("когда измерено", null=True, blank=True)

    class Meta:
        verbose_name = "целевой показатель"
        ordering = ("programme", "position")
        constraints = [
            models.UniqueConstraint(fields=("programme", "position"), name="target_indicator_once")
        ]

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """One measure of the programme; confirmed by a person who saw that it was done."""

    programme = models.ForeignKey(AntiRiskProgramme, on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField("порядок")
    task = models.CharField("задача", max_length=500, blank=True)
    text = models.CharField("мероприятие", max_length=1000)
    period_text = models.CharField("срок", max_length=300, blank=True)
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    indicator = models.CharField("показатель", max_length=500, blank=True)
    executors = models.CharField("ответственные", max_length=300, blank=True)
    participants = models.CharField("участники", max_length=300, blank=True)
    done_on = models.DateField("сделано", null=True, blank=True)
    confirmed_on = models.DateField("подтверждено куратором", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "мера"
        ordering = ("programme", "position")
        constraints = [models.UniqueConstraint(fields=("programme", "position"), name="measure_once")]

    def __str__(self) -> str:
        return self.text[:100]
