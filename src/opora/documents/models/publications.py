"""Where a document is published, and whether an address elsewhere still carries it."""

from __future__ import annotations

from django.db import models


class Publication(models.Model):
    """A document made public: on the portal, or at an address elsewhere; taken down with a reason."""

    class Where(models.TextChoices):
        PORTAL = "portal", "На портале"
        ELSEWHERE = "elsewhere", "На другом сайте"

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="publications")
    version = models.ForeignKey(
        "documents.Version", on_delete=models.PROTECT, related_name="publications", null=True
    )
    where = models.CharField("где", max_length=10, choices=Where.choices)
    address = models.URLField("адрес страницы", max_length=500, blank=True)
    published_on = models.DateField("размещён")
    entered_on = models.DateField("когда внесено размещение прошлым днём", null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    taken_down_on = models.DateField("снят", null=True, blank=True)
    taken_down_reason = models.CharField("почему снят", max_length=300, blank=True)

    class Meta:
        verbose_name = "публикация"
        ordering = ("-published_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(where="portal") | ~models.Q(address=""), name="publication_has_address"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_down_on__isnull=True)
                | models.Q(taken_down_on__gte=models.F("published_on")),
                name="publication_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_where_display()}"


class PublicationCheck(models.Model):
    """One look at a publication elsewhere: does the address answer, does the page carry the document's title."""

    class Outcome(models.TextChoices):
        CARRIES = "carries", "Страница отвечает, название на ней есть"
        OTHER = "other", "Страница отвечает, названия на ней нет"
        SILENT = "silent", "Страница не отвечает"
        REFUSED = "refused", "Адрес нельзя проверить"

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField("когда")
    outcome = models.CharField("что увидели", max_length=10, choices=Outcome.choices)
    words = models.CharField("подробнее", max_length=300, blank=True)
    # Nobody is named where the product itself asked the address.
    checked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "проверка размещения"
        ordering = ("-checked_at", "-pk")
        indexes = [models.Index(fields=("publication", "checked_at"), name="check_publication")]

    def __str__(self) -> str:
        return self.get_outcome_display()
