"""Passwords that everybody guesses, in both keyboard layouts, are not taken."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)

# What people here type first; each is refused in both layouts, with digits around it and said twice.
WORDS = """
пароль парольпароль йцукен йцукенгшщз йцукенгшщзхъ фывапролдж фывапролджэ ячсмитьбю привет любовь солнышко
наташа марина светлана директор школа учитель образование методист методцентр куратор координатор
администратор админ опора дорожнаякарта россия москва спартак максим андрей сергей дмитрий александр
владимир николай анастасия екатерина татьяна виктория кристина зайка котенок лапочка ромашка люблю
люблютебя ятебялюблю мамочка мама папа семья победа весна лето осень зима январь сентябрь
добрыйдень здравствуйте первоесентября минпросвещения
"""
RUSSIAN = frozenset(WORDS.split())
_EDGES = "0123456789 .,!?@#$%^&*()-_=+\"№;:<>/\\|~`'"


class NotCommonValidator(CommonPasswordValidator):
    """Django's list of common passwords and the words Russians begin with, in either keyboard layout."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that stands in a list, whatever digits stand around it."""
        typed = password.lower().strip().replace(" ", "")
        if len(set(typed)) < 4 or any(self._is_known(one) for one in _spellings(typed)):
            raise ValidationError(
                "Такой пароль легко угадать: он из известного списка. Возьмите три-четыре слова, далёких друг от друга.",
                code="password_too_common",
            )

    def _is_known(self, spelling: str) -> bool:
        core = spelling.strip(_EDGES)
        return any(_once(one) in RUSSIAN or one in self.passwords for one in (spelling, core) if len(one) > 3)


def _spellings(typed: str) -> set[str]:
    return {typed, typed.translate(TO_LATIN), typed.translate(TO_CYRILLIC), typed.replace("ё", "е")}


def _once(word: str) -> str:
    """The word that the password only repeats: «приветпривет» is «привет»."""
    for length in range(3, len(word) // 2 + 1):
        if len(word) % length == 0 and word[:length] * (len(word) // length) == word:
            return word[:length]
    return word
