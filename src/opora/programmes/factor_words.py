"""How a programme calls the factors of its catalogue, in the forms that sentences need; no rows, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_SOFT: Final = frozenset("гкхжчшщ")
# What the factors are called while no programme is spoken of.
USUAL: Final = "риск,риска,рисков"


@dataclass(frozen=True, slots=True)
class FactorWords:
    """«риск», «риска», «рисков» as the pack gives them, and «риски», which follows from them."""

    one: str
    few: str
    many: str

    @classmethod
    def of(cls, told: str) -> FactorWords:
        """The words of «риск,риска,рисков»."""
        one, few, many = told.split(",")
        return cls(one, few, many)

    @property
    def three(self) -> str:
        """The words as the pack tells them, for counting: «риск,риска,рисков»."""
        return f"{self.one},{self.few},{self.many}"

    @property
    def all(self) -> str:
        """All of them: «риски», «направления», «задачи»."""
        # Feminine and neuter words sound in the genitive of one as in the plural; of masculine ones the ending changes.
        if self.one[-1] in "аяоеё" or self.few[-1] in "ыи":
            return self.few
        if self.few.endswith("я"):
            return f"{self.few[:-1]}и"
        stem = self.few.removesuffix("а")
        return f"{stem}{'и' if stem[-1] in _SOFT else 'ы'}"
