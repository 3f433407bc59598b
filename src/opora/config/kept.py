"""What an installation keeps in its data folder for the settings: its keys, the day of the demonstration, the address."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path
from typing import Final

# Everything that the product makes in the data folder.
OURS: Final = (
    "*.key",
    "opora.sqlite3*",
    "history-heads",
    "files",
    "previews",
    "templates",
    "stands-on",
    "served-at",
    "last-copy",
    "demo-accounts.txt",
)


def secret_key_of(data: Path) -> str:
    """The key that signs sessions and links."""
    return _key_of(data, "secret.key")


def history_key_of(data: Path) -> str:
    """The key of the chain of deeds: one for the whole life of the base, whatever becomes of the secret key."""
    return _key_of(data, "history.key")


def _key_of(data: Path, name: str) -> str:
    """A key kept in the data folder; made on first use. Safe when two processes start at once."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = data / name
    if not place.exists():
        # Written whole under a name of its own first: nobody ever reads half a key.
        anew = data / f"{name}.{os.getpid()}"
        with os.fdopen(os.open(anew, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            with contextlib.suppress(FileExistsError):
                os.link(anew, place)
        finally:
            anew.unlink()
    key = place.read_text(encoding="ascii").strip()
    if not key:
        raise ValueError(f"{name} — пуст")
    return key


def day_kept_in(data: Path) -> str:
    """The day («2022-09-15») that the «на дату» switch stands on in this folder; empty for real use."""
    place = data / "stands-on"
    return place.read_text(encoding="ascii").strip() if place.exists() else ""


def keep_day(data: Path, day: str) -> None:
    """Make the folder stand on a day from its next start on."""
    (data / "stands-on").write_text(day + "\n", encoding="ascii")


def keep_private(data: Path) -> None:
    """Shut what the product keeps in its folder to every other account of the machine; what is not ours stays as it is."""
    for name in OURS:
        for place in data.glob(name):
            # The log of a write may be gone by now, and what belongs to another account is not ours to shut.
            with contextlib.suppress(OSError):
                mode = stat.S_IMODE(place.stat().st_mode)
                if mode & 0o077:
                    place.chmod(mode & 0o700)


def address_kept_in(data: Path) -> str:
    """The address at which the folder was served last («http://127.0.0.1:8000»); empty before the first time."""
    place = data / "served-at"
    return place.read_text(encoding="ascii").strip() if place.exists() else ""


def keep_address(data: Path, address: str) -> str:
    """Remember where the folder is served, for commands that run beside the server."""
    anew = data / f"served-at.{os.getpid()}"
    anew.write_text(address + "\n", encoding="ascii")
    anew.replace(data / "served-at")
    return address
