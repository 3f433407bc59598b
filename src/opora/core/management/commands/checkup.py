"""What `./opora doctor` cannot see without the base: findings as JSON for it."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from opora.core.checkup import checkup
from opora.core.command import RussianCommand


class Command(RussianCommand):
    help = "Что видно только с базой: список для команды ./opora doctor."

    def handle(self, *arguments: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(checkup(at=timezone.now()), ensure_ascii=False))
