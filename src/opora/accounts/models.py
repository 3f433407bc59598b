"""A person of the product, the one-time links by which people come in, and the files that people were refused."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class People(BaseUserManager["User"]):
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def with_name(self) -> models.QuerySet[User]:
        return self.get_queryset().order_by("folded_name")


class User(AbstractBaseUser):
    """A person. Somebody named in an order may have no address and never sign in; duties live in `appointments`."""

    email = models.EmailField("электронная почта", null=True, blank=True, unique=True)
    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    middle_name = models.CharField("отчество", max_length=100, blank=True)
    folded_name = models.CharField("имя для поиска", max_length=310, db_index=True)
    post = models.CharField("должность", max_length=200, blank=True)
    workplace = models.CharField("место работы", max_length=300, blank=True)
    is_active = models.BooleanField("может входить", default=True)
    may_be_named_since = models.DateField("согласие на распространение с", null=True, blank=True)
    may_be_named_until = models.DateField("согласие отозвано", null=True, blank=True)

    erased_on = models.DateField("данные удалены", null=True, blank=True)

    added_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="кто завёл"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["last_name", "first_name"]
    objects = People()

    class Meta:
        verbose_name = "человек"
        ordering = ("folded_name",)

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short_name(self) -> str:
        """«Иванова А. П.», with no-break spaces."""
        letters = "\u00a0".join(f"{part[0]}." for part in (self.first_name, self.middle_name) if part)
        return f"{self.last_name}\u00a0{letters}".strip()

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and bool(self.email) and self.has_usable_password()

    def is_named_on(self, day: date) -> bool:
        """Whether the name may stand on public pages on a day (152-ФЗ, article 10.1)."""
        since, until = self.may_be_named_since, self.may_be_named_until
        return since is not None and since <= day and (until is None or day < until)

    def was_named_on(self, day: date) -> bool:
        """Whether what was published on a day bears the name: the last day of the consent is such a day too."""
        since, until = self.may_be_named_since, self.may_be_named_until
        return since is not None and since <= day and (until is None or day <= until)

    # allauth asks these of any user model.
    @property
    def is_staff(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False


class Invitation(models.Model):
    """A one-time link for a first sign-in; only the hash of its secret is kept."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "приглашение"

    def __str__(self) -> str:
        return f"приглашение: {self.person}"


class RefusedFile(models.Model):
    """A file that was refused at a door: who, when, hash, size, code and seconds, never the content or its name."""

    person = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="кто загружал"
    )
    at = models.DateTimeField("когда", db_index=True)
    sha256 = models.CharField("хэш", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("размер, байт")
    code = models.CharField("код отказа", max_length=20)
    seconds = models.FloatField("сколько секунд заняло")

    class Meta:
        verbose_name = "отклонённый файл"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.code}: {self.size} байт"
