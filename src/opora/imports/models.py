"""An uploaded order and what was read from it, until a person adopts it or throws it away."""

from __future__ import annotations

from django.db import models


class ImportDraft(models.Model):
    """What was read from a file and what people corrected in it; nothing of it is a plan yet.

    `content` is the JSON of a `RoadmapDraft`; `version` grows with every save:
    two people do not lose each other's words.
    """

    class State(models.TextChoices):
        OPEN = "open", "На проверке"
        ADOPTED = "adopted", "Принят"
        DISCARDED = "discarded", "Отложен без принятия"

    municipality = models.ForeignKey("schools.Municipality", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="+")
    amends = models.ForeignKey(
        "plans.Roadmap", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("имя файла", max_length=300)
    content = models.JSONField("прочитанное")
    original = models.JSONField("прочитанное до правок")
    decided = models.JSONField("решённые замечания", default=dict)
    version = models.PositiveIntegerField("версия", default=1)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField("загружен")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("изменён")
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    roadmap = models.ForeignKey(
        "plans.Roadmap", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "черновик загрузки"
        ordering = ("-changed_at",)

    def __str__(self) -> str:
        return self.file_name
