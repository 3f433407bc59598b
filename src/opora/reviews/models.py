"""A round of review: the sample and how it was drawn, criteria with levels, who examined what and what was found."""

from __future__ import annotations

from django.db import models


class Round(models.Model):
    """A sample review of documents of one kind in one stage (order lines 4.2, 4.8, 4.9).

    The sample follows from `seed`, the strata and the documents there were on `drawn_on`: drawn again, it is the same on
    any machine and engine.
    """

    class Size(models.TextChoices):
        SHARE = "share", "Доля документов, %"
        NUMBER = "number", "Столько документов"
        ERROR = "error", "Столько, чтобы ошибка была не больше, %"

    # Of a municipality, or of a region as a whole.
    municipality = models.ForeignKey(
        "schools.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="review_rounds"
    )
    region = models.ForeignKey(
        "schools.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="review_rounds"
    )
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="review_rounds"
    )
    activity = models.ForeignKey(
        "plans.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="review_rounds"
    )
    stage = models.ForeignKey(
        "programmes.Stage", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kinds = models.ManyToManyField(
        "programmes.DocumentKind", related_name="+", verbose_name="виды документов"
    )
    title = models.CharField("название", max_length=300)
    # Of "municipality", "factor", "curator": in this order they part the documents into strata.
    strata = models.JSONField("слои", default=list)
    size_rule = models.CharField("объём выборки", max_length=10, choices=Size.choices, default=Size.SHARE)
    size_value = models.DecimalField("значение", max_digits=8, decimal_places=2)
    seed = models.CharField("зерно", max_length=64)
    experts_each = models.PositiveSmallIntegerField("экспертов на документ", default=1)
    overlap_share = models.PositiveSmallIntegerField("доля с двумя экспертами, %", default=0)
    most_each = models.PositiveSmallIntegerField("документов на эксперта не больше", default=20)
    due_on = models.DateField("рассмотреть до", null=True, blank=True)
    population = models.PositiveIntegerField("документов всего", default=0)
    # What was drawn from: strata as [{"key", "label", "documents", "taken"}], so that the draw can be repeated any day.
    drawn_from = models.JSONField("из чего выбирали", default=list)
    drawn_on = models.DateField("выборка сделана", null=True, blank=True)
    drawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    finished_on = models.DateField("завершена", null=True, blank=True)
    made_at = models.DateTimeField("заведена")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "экспертиза"
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finished_on__isnull=True) | models.Q(drawn_on__isnull=False),
                name="round_finished_after_draw",
            ),
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False, region__isnull=True)
                | models.Q(municipality__isnull=True, region__isnull=False),
                name="round_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What is looked at in a document."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField("порядок")
    title = models.CharField("критерий", max_length=300)
    words = models.TextField("на что смотреть", blank=True)

    class Meta:
        verbose_name = "критерий"
        ordering = ("round", "position")
        constraints = [models.UniqueConstraint(fields=("round", "position"), name="criterion_once")]

    def __str__(self) -> str:
        return self.title


class Level(models.Model):
    """One level of a criterion: points and the words by which it is recognised."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    points = models.PositiveSmallIntegerField("баллы")
    title = models.CharField("уровень", max_length=100)
    words = models.CharField("как узнать", max_length=500, blank=True)

    class Meta:
        verbose_name = "уровень"
        ordering = ("criterion", "points")
        constraints = [models.UniqueConstraint(fields=("criterion", "points"), name="level_once")]

    def __str__(self) -> str:
        return self.title


class Sampled(models.Model):
    """A document that fell into the sample, in its stratum; returned with remarks to the school for a second look."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sampled")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="sampled")
    version = models.ForeignKey("documents.Version", on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField("порядок")
    stratum = models.CharField("слой", max_length=300, blank=True)
    factor = models.ForeignKey(
        "programmes.RiskFactor", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_on = models.DateField("возвращён на доработку", null=True, blank=True)
    remarks = models.TextField("что доработать", blank=True)
    rework_by = models.DateField("доработать до", null=True, blank=True)
    reworked_on = models.DateField("доработан", null=True, blank=True)
    settled_on = models.DateField("рассмотрен", null=True, blank=True)

    class Meta:
        verbose_name = "документ выборки"
        ordering = ("round", "position")
        constraints = [
            models.UniqueConstraint(fields=("round", "document"), name="sampled_once"),
            models.UniqueConstraint(fields=("round", "position"), name="sampled_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document}"


class Examination(models.Model):
    """One expert's look at one document; `look` 2 is the second look after the school has reworked it.

    `is_third` when it was asked for because two experts disagreed; `declined_on` when the expert may not examine it and
    said why: somebody else is asked then, and this row counts for nothing.
    """

    sampled = models.ForeignKey(Sampled, on_delete=models.CASCADE, related_name="examinations")
    expert = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="examinations")
    look = models.PositiveSmallIntegerField("просмотр", default=1)
    is_third = models.BooleanField("третий эксперт", default=False)
    assigned_on = models.DateField("поручено")
    words = models.TextField("вывод", blank=True)
    needs_rework = models.BooleanField("предложено доработать", default=False)
    finished_on = models.DateField("рассмотрено", null=True, blank=True)
    file_version = models.ForeignKey(
        "documents.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_on = models.DateField("не может рассматривать с", null=True, blank=True)
    declined_words = models.CharField("почему не может", max_length=500, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        verbose_name = "рассмотрение"
        ordering = ("sampled", "look", "pk")
        indexes = [models.Index(fields=("expert", "finished_on"), name="examination_expert")]
        constraints = [
            models.UniqueConstraint(fields=("sampled", "expert", "look"), name="examination_once"),
            models.CheckConstraint(
                condition=models.Q(declined_on__isnull=True) | models.Q(finished_on__isnull=True),
                name="examination_declined_or_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sampled}: {self.expert}"


class Score(models.Model):
    """The level that an expert chose by one criterion, with words; words alone while the level is not chosen yet."""

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField("пояснение", max_length=1000, blank=True)

    class Meta:
        verbose_name = "оценка"
        ordering = ("examination", "criterion")
        constraints = [models.UniqueConstraint(fields=("examination", "criterion"), name="score_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.level or '—'}"
