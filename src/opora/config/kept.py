"""What an installation keeps in its data folder for the settings: the secret key, the day the demonstration stands on."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key_of(data: Path) -> str:
    """The key kept in the data folder; made on first use. Safe when two processes start at once."""
    data.mkdir(parents=True, exist_ok=True)
    place = data / "secret.key"
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key + "\n")
    return key


def day_kept_in(data: Path) -> str:
    """The day («2022-09-15») that the «на дату» switch stands on in this folder; empty for real use."""
    place = data / "stands-on"
    return place.read_text(encoding="ascii").strip() if place.exists() else ""


def keep_day(data: Path, day: str) -> None:
    """Make the folder stand on a day from its next start on."""
    (data / "stands-on").write_text(day + "\n", encoding="ascii")
