"""The roadmap of a year: sections, activities, responsible people, amendments."""

from __future__ import annotations

from django.db import models


class Roadmap(models.Model):
    """A plan approved by an order. The order's words are kept as printed; its file is kept as it came."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="roadmaps")
    municipality = models.ForeignKey(
        "schools.Municipality", on_delete=models.PROTECT, related_name="roadmaps"
    )
    title = models.CharField("название", max_length=500)
    year = models.PositiveSmallIntegerField("год")
    order_number = models.CharField("номер приказа", max_length=50, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)
    issuer = models.CharField("кто издал", max_length=500, blank=True)
    signed_by = models.CharField("кто подписал", max_length=300, blank=True)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("имя файла", max_length=300, blank=True)
    adopted_at = models.DateTimeField("принята")
    adopted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField("видна на портале", default=True)

    class Meta:
        verbose_name = "дорожная карта"
        ordering = ("-year", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "programme", "order_number", "order_date"), name="roadmap_order_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A section of the roadmap; number 0 holds the lines of a plan without sections."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField("номер")
    title = models.CharField("название", max_length=500)

    class Meta:
        verbose_name = "раздел"
        ordering = ("roadmap", "number")
        constraints = [models.UniqueConstraint(fields=("roadmap", "number"), name="section_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class Activity(models.Model):
    """One numbered line: what is done, when, and the wording of its indicator (`promise`).

    Holds the words in force today; what they were before an amendment is in `Change`. `position` sorts within the roadmap.
    """

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="activities")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="activities")
    position = models.PositiveIntegerField("порядок")
    number = models.CharField("номер", max_length=20, blank=True)
    text = models.TextField("мероприятие")
    promise = models.TextField("показатель", blank=True)
    period_text = models.CharField("срок, как в приказе", max_length=500, blank=True)
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    is_open_ended = models.BooleanField("без окончания", default=False)
    recurrence = models.CharField("повторяется", max_length=20, blank=True)
    control_on = models.DateField("контрольная дата", null=True, blank=True)
    executors = models.CharField("исполнители, как в приказе", max_length=1000, blank=True)
    page = models.PositiveSmallIntegerField("страница приказа", null=True, blank=True)
    added_on = models.DateField("в плане с", null=True, blank=True)
    dropped_on = models.DateField("исключён с", null=True, blank=True)

    class Meta:
        verbose_name = "пункт дорожной карты"
        ordering = ("roadmap", "position")
        constraints = [models.UniqueConstraint(fields=("roadmap", "position"), name="activity_position_once")]
        indexes = [models.Index(fields=("roadmap", "number"), name="activity_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"[:200] if self.number else self.text[:200]


class Responsibility(models.Model):
    """Who of the centre leads a line: the centre adds it, the order does not name them."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="responsibilities")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="responsibilities")
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)

    class Meta:
        verbose_name = "ответственный"
        constraints = [
            models.UniqueConstraint(
                fields=("activity", "person"),
                condition=models.Q(until__isnull=True),
                name="responsibility_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.activity}"


class Amendment(models.Model):
    """A later order that changed the roadmap, in force since a day."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="amendments")
    order_number = models.CharField("номер приказа", max_length=50)
    order_date = models.DateField("дата приказа")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("имя файла", max_length=300, blank=True)
    accepted_at = models.DateTimeField("принята")
    accepted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "изменение дорожной карты"
        ordering = ("roadmap", "order_date", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("roadmap", "order_number", "order_date"), name="amendment_order_once"
            )
        ]

    def __str__(self) -> str:
        return f"приказ № {self.order_number} от {self.order_date:%d.%m.%Y}"


class Change(models.Model):
    """What one amendment did to one line: `before` and `after` are JSON of the fields that differ."""

    class What(models.TextChoices):
        ADDED = "added", "добавлен"
        MOVED = "moved", "срок сдвинут"
        REWORDED = "reworded", "изменены слова"
        DROPPED = "dropped", "исключён"

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="changes")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField("что", max_length=10, choices=What.choices)
    before = models.JSONField("было", default=dict)
    after = models.JSONField("стало", default=dict)

    class Meta:
        verbose_name = "изменение пункта"
        ordering = ("amendment", "pk")
        constraints = [models.UniqueConstraint(fields=("amendment", "activity", "what"), name="change_once")]

    def __str__(self) -> str:
        return f"{self.activity.number}: {self.get_what_display()}"
