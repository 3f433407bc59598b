"""`./opora migrate`: the database of an older version brought up to this one."""

from __future__ import annotations

from typing import Any

from opora.core.command import RussianCommand
from opora.core.upgrade import bring_up


class Command(RussianCommand):
    help = "Привести базу к этой версии продукта. Можно выполнять повторно; прерванное продолжится с того же места."

    def handle(self, *arguments: Any, **options: Any) -> None:
        steps = bring_up()
        self.stdout.write(f"Готово. Шагов выполнено: {steps}." if steps else "База уже этой версии.")
