"""The secret key of an installation: made once, kept in the data folder, readable by its owner only."""

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
