"""How signs of personal data are said to a person: a remark, never a block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from opora.core.personal_signs import Sign

LOOKS_LIKE: Final = "Проверьте личные данные:"
WHAT_TO_DO: Final = "Личным данным здесь не место: если это они, уберите их и внесите снова."


def words_of(signs: Iterable[Sign]) -> str:
    """«похоже на СНИЛС: строка 5; похоже на паспорт: строка 7»."""
    return "; ".join(sign.words for sign in signs)
