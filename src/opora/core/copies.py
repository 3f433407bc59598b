"""Copies of the installation: the base, every file that its rows name, the keys, and a list of all with their hashes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings

from opora import __version__
from opora.core.dumps import Facts, base_place, base_size, dump, engine, for_owner_alone, sync
from opora.core.heads import keep_head
from opora.core.history import last_head
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.core.uploads import path_of

MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.sha256"
BASE: Final = "base"
KEPT: Final = "data"
MARK: Final = "last-copy"
_UNFINISHED: Final = ".unfinished-"
_SPARE: Final = 16 * 1024 * 1024
_PIECE: Final = 1024 * 1024
_EVERY: Final = 500
_SHOWN: Final = 20
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says of itself: who made it, of what moment, what is in it."""

    version: str
    made_at: str
    engine: str
    rows: dict[str, int]
    head: tuple[int, str]
    hashes: dict[str, str]
    # Stored files that rows name and the copy has not: «lost» or «damaged» by the hash.
    lacking: dict[str, str] = field(default_factory=dict)


class Mark(NamedTuple):
    """What the installation remembers of its last copy."""

    made_at: datetime
    place: str
    lacking: int


def make_copy(*, into: Path, at: datetime, say: Say) -> tuple[Path, Manifest]:
    """Make a copy in a folder of its own, named by the moment, and return it; people may work meanwhile.

    A stored file that is lost or damaged stands in the list of what is lacking, and the rest is copied. Refused when
    there is too little space or the folder lies in the data folder; then nothing is left that looks like a copy.
    """
    into = into.resolve()
    if into.is_relative_to(Path(settings.DATA).resolve()):
        raise Refused("Папка для копий лежит внутри папки данных. Укажите папку на другом диске.")
    target = into / f"opora-{at:%Y-%m-%d-%H%M%S}"
    if target.exists():
        raise Refused(f"Копия «{target.name}» уже есть. Повторите через секунду.")
    try:
        into.mkdir(parents=True, exist_ok=True)
        _judge_space(into, base_size())
        place = into / f"{_UNFINISHED}{target.name}-{os.getpid()}"
        place.mkdir(mode=0o700)
    except OSError as error:
        raise Refused(f"В папку «{into}» записать нельзя: {error.strerror}.") from error
    try:
        with for_owner_alone():
            manifest = _fill(place, at, say)
        place.rename(target)
        sync(into)
    except OSError as error:
        raise Refused(f"Копия не сделана: {error.strerror}. Проверьте место на диске и права.") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return target, manifest


def keep_mark(*, copy: Path, lacking: int, at: datetime) -> None:
    """Remember in the data folder when and where the last copy was made; a drill is none."""
    place = Path(settings.DATA) / MARK
    anew = place.with_name(f"{MARK}.{os.getpid()}")
    told = {"made_at": at.isoformat(), "place": str(copy), "lacking": lacking}
    # The copy is whole without its mark.
    with contextlib.suppress(OSError):
        anew.unlink(missing_ok=True)
        _write(anew, json.dumps(told, ensure_ascii=False).encode())
        anew.replace(place)


def last_mark() -> Mark | None:
    """The last copy; None when there was none yet or the mark cannot be read."""
    try:
        told: dict[str, Any] = json.loads((Path(settings.DATA) / MARK).read_bytes())
        return Mark(datetime.fromisoformat(told["made_at"]), str(told["place"]), int(told["lacking"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def lacking_words(lacking: Mapping[str, str]) -> str:
    """Which stored files a copy has not, for a person: how many, and the first of them by name."""
    kinds = {"lost": "нет", "damaged": "повреждён"}
    shown = [f"  {digest[:2]}/{digest[2:4]}/{digest} — {kinds[why]}" for digest, why in lacking.items()]
    more = [f"  и ещё {len(shown) - _SHOWN}"] if len(shown) > _SHOWN else []
    files = counted(len(lacking), "файла", "файлов", "файлов")
    return "\n".join([f"В копии не хватает {files} хранилища:", *shown[:_SHOWN], *more])


def checked(copy: Path, *, say: Say) -> Manifest:
    """The manifest of a copy every file of which is as it was made. Refused, by name, when one is not."""
    try:
        text = (copy / MANIFEST).read_bytes()
        seal = (copy / SEAL).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise Refused(_no_copy(copy)) from error
    if hashlib.sha256(text).hexdigest() != seal:
        raise Refused(f"Копия изменена или повреждена: файл «{MANIFEST}». Возьмите другую копию.")
    told = json.loads(text)
    told["head"] = tuple(told["head"])
    manifest = Manifest(**told)
    for number, (name, wanted) in enumerate(manifest.hashes.items(), start=1):
        place = copy / name
        if not place.is_file():
            raise Refused(f"В копии нет файла «{name}». Возьмите другую копию.")
        if hash_of_file(place) != wanted:
            raise Refused(f"Копия изменена или повреждена: файл «{name}». Возьмите другую копию.")
        _tell_progress(say, "Проверено", number, len(manifest.hashes))
    return manifest


def hash_of_file(place: Path) -> str:
    """SHA-256 of a file."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copied(source: Path, target: Path) -> str:
    """Copy a file for the owner alone, bring it to the disk and return the SHA-256 of what was written."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as given, os.fdopen(descriptor, "wb") as taken:
        while piece := given.read(_PIECE):
            digest.update(piece)
            taken.write(piece)
        taken.flush()
        os.fsync(taken.fileno())
    return digest.hexdigest()


def kept_files() -> list[Path]:
    """Files that lie in the data folder itself beside the base: keys, heads of the history, the day it stands on."""
    base = (
        {Path(f"{base_place()}{end}") for end in ("", "-wal", "-shm", "-journal")}
        if engine() == "sqlite"
        else set()
    )
    places = sorted(Path(settings.DATA).iterdir())
    return [place for place in places if place.is_file() and not place.is_symlink() and place not in base]


def _fill(place: Path, at: datetime, say: Say) -> Manifest:
    head = last_head(on=at.date())
    if head is not None:
        # A disk of the data that is full is one more reason to copy.
        with contextlib.suppress(OSError):
            keep_head(head)
    # What is only added to comes before the base: a head of the history newer than the base would look like a cut tail.
    hashes = {f"{KEPT}/{one.name}": copied(one, place / KEPT / one.name) for one in kept_files()}
    say("Копирую базу…")
    facts = dump(place / BASE)
    hashes[BASE] = hash_of_file(place / BASE)
    stored, lacking = _copied_files(place, facts, say)
    hashes |= stored
    manifest = Manifest(__version__, at.isoformat(), engine(), facts.rows, facts.head, hashes, lacking)
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    _write(place / MANIFEST, text)
    _write(place / SEAL, f"{hashlib.sha256(text).hexdigest()}\n".encode("ascii"))
    for folder in [place, *(one for one in place.rglob("*") if one.is_dir())]:
        sync(folder)
    return manifest


def _copied_files(place: Path, facts: Facts, say: Say) -> tuple[dict[str, str], dict[str, str]]:
    """Hashes of the files copied, by name, and what is wrong with those that could not be."""
    _judge_space(place, sum(facts.files.values()))
    hashes, lacking = {}, {}
    for number, digest in enumerate(sorted(facts.files), start=1):
        name = f"files/{digest[:2]}/{digest[2:4]}/{digest}"
        source = path_of(digest)
        if not source.is_file():
            lacking[digest] = "lost"
        elif _is_copied(source, place / name, digest):
            hashes[name] = digest
        else:
            (place / name).unlink(missing_ok=True)
            lacking[digest] = "damaged"
        _tell_progress(say, "Скопировано файлов:", number, len(facts.files))
    return hashes, lacking


def _is_copied(source: Path, target: Path, digest: str) -> bool:
    try:
        return copied(source, target) == digest
    except OSError:
        # A file that the disk does not give back is a damaged one; trouble with the place of the copy is not.
        if _is_readable(source):
            raise
        return False


def _is_readable(source: Path) -> bool:
    try:
        hash_of_file(source)
    except OSError:
        return False
    return True


def _write(place: Path, content: bytes) -> None:
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _judge_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE:
        asked, there = (f"{size // 1024 // 1024 + 1} МБ" for size in (needed + _SPARE, free))
        raise Refused(
            f"Для копии мало места: нужно {asked}, свободно {there}. Освободите место или укажите другой диск."
        )


def _no_copy(folder: Path) -> str:
    inside = sorted(
        one.parent.name for one in folder.glob(f"*/{MANIFEST}") if not one.parent.name.startswith(".")
    )
    if inside:
        return f"Укажите одну из копий в этой папке: {', '.join(inside[-5:])}."
    return f"В папке «{folder}» нет копии: нет файла «{MANIFEST}» или «{SEAL}»."


def _tell_progress(say: Say, words: str, number: int, total: int) -> None:
    if number % _EVERY == 0 and number < total:
        say(f"{words} {number} из {total}…")
