"""Passwords that everybody guesses, in both layouts."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

COMMON = [
    "парольпароль",
    "пароль123456",
    "Пароль123456!",
    "gfhjkm123456",
    "йцукенйцукен",
    "йцукенгшщзхъ",
    "qwertyuiop[]",
    "qwertyqwerty",
    "приветпривет",
    "ghbdtnghbdtn",
    "солнышко2022",
    "cjkysirj2022",
    "методист2022",
    "111111111111",
    "абабабабабаб",
    "password1234",
]
GOOD = ["мост на семи опорах", "корова читает вслух", "qmz7-Ptk3-vvw9", "река лодка весло туман"]


@pytest.mark.parametrize("password", COMMON)
def test_common_passwords_are_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="легко угадать"):
        validate_password(password)


@pytest.mark.parametrize("password", GOOD)
def test_long_uncommon_passwords_are_taken_without_rules_of_composition(password: str) -> None:
    validate_password(password)


def test_eleven_letters_are_too_few() -> None:
    with pytest.raises(ValidationError, match="короткий"):
        validate_password("лодка весло")
