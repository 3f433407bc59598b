"""`./opora doctor`: what is well and what is to be mended; settings are judged first, and without Django."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from opora.config.environment import SOURCE, faults_by_name
from opora.console.surroundings import folder, programs, site, variables
from opora.core.arguments import RussianParser
from opora.core.findings import MEND, NOTE, Finding

# The base is waited for five seconds, and a drive that was asleep a little longer.
_SECONDS: Final = 60
_UNSEEN: Final = "База, журнал, почта и копии пока не проверены: сначала исправьте то, что выше."
_NO_FOLDER: Final = "Папки данных «{place}» ещё нет. Создайте базу: ./opora init, или проверьте OPORA_DATA."


def run(arguments: list[str]) -> int:
    """Say everything that is found; 1 when something is to be mended."""
    RussianParser(
        prog="./opora doctor",
        description="Сказать, что в порядке, что стоит знать и что исправить. Ничего не меняет.",
    ).parse_args(arguments)
    found = findings(os.environ)
    for one in found:
        print(one)
    broken = sum(one.kind == MEND for one in found)
    print(f"\nИсправить: {broken}." if broken else "\nВсё готово к работе.")
    return 1 if broken else 0


def findings(told: Mapping[str, str]) -> list[Finding]:
    """What is found, settings first; the base is looked at only under sound settings and by the owner of the folder."""
    place = Path(told.get("OPORA_DATA", "").strip() or SOURCE / "var").expanduser().resolve()
    found = [*variables(told), *programs()]
    # Not pathlib's question, which raises where a folder above is closed.
    if not os.access(place, os.F_OK):
        is_told = "OPORA_DATA" in faults_by_name(told)
        return found if is_told else [*found, Finding(MEND, _NO_FOLDER.format(place=place))]
    if place.is_dir():
        found += [*folder(place), *site(told, place)]
    # Another account, root above all, would leave files that the server cannot open.
    is_owner = place.is_dir() and place.stat().st_uid == os.getuid()
    if not is_owner or faults_by_name(told):
        return [*found, Finding(NOTE, _UNSEEN)]
    return [*found, *_with_base(told)]


def _with_base(told: Mapping[str, str]) -> list[Finding]:
    """What is found in a process of its own, which may load Django."""
    command = [sys.executable, "-P", "-m", "opora", "checkup"]
    try:
        done = subprocess.run(
            command, env=dict(told), capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return [Finding(MEND, "База не ответила за минуту. Проверьте диск, а для PostgreSQL — сам сервер.")]
    if done.returncode == 0:
        return [Finding(*one) for one in json.loads(done.stdout)]
    said = done.stderr.strip().splitlines()
    if not said or "Traceback" in done.stderr:
        return [Finding(MEND, "Проверка базы оборвалась. Причину назовёт ./opora serve в своём выводе.")]
    return [Finding(MEND, said[-1])]
