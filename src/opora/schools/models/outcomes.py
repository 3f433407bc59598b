"""Results of a school before and after: shares by year, examination and subject; numbers only, no pupils."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

# With fewer pupils behind it a share says something about a child: it is neither drawn nor exported.
FEWEST_PUPILS = 10


class Outcome(models.Model):
    """Shares of one examination in one subject and year, in per cent of those who took part."""

    class Exam(models.TextChoices):
        VPR = "vpr", "ВПР"
        OGE = "oge", "ОГЭ"

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="outcomes")
    year = models.PositiveSmallIntegerField("год")
    exam = models.CharField("работа", max_length=5, choices=Exam.choices)
    subject = models.CharField("предмет", max_length=100)
    grade = models.PositiveSmallIntegerField("класс", null=True, blank=True)
    pupils = models.PositiveIntegerField("участников")
    low_share = models.DecimalField("не справились, %", max_digits=5, decimal_places=2, null=True, blank=True)
    good_share = models.DecimalField("на «4» и «5», %", max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "результат"
        ordering = ("school", "exam", "subject", "grade", "year")
        constraints = [
            models.UniqueConstraint(
                fields=("school", "year", "exam", "subject", "grade"),
                condition=Q(grade__isnull=False),
                name="outcome_of_grade_once",
            ),
            models.UniqueConstraint(
                fields=("school", "year", "exam", "subject"),
                condition=Q(grade__isnull=True),
                name="outcome_once",
            ),
            models.CheckConstraint(
                condition=(Q(low_share__isnull=True) | Q(low_share__range=(0, 100)))
                & (Q(good_share__isnull=True) | Q(good_share__range=(0, 100))),
                name="outcome_shares",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.get_exam_display()}, {self.subject}, {self.year}"

    @property
    def may_be_shown(self) -> bool:
        return self.pupils >= FEWEST_PUPILS
