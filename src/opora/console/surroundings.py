"""What `./opora doctor` sees without Django: each variable, the data folder, the address, programs beside."""

from __future__ import annotations

import difflib
import os
import pwd
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from opora.config import environment
from opora.config.kept import OURS
from opora.core.findings import GOOD, MEND, NOTE, Finding
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.core.sandbox import office

# What tests and the launcher tell each other is no setting of an operator.
_NOT_FOR_OPERATORS: Final = ("OPORA_TEST_DATABASE_URL", "OPORA_LACKS")
_MEGABYTE: Final = 1024 * 1024
_LITTLE, _ENOUGH = 200, 2048
_UPLOAD: Final = 20


def variables(told: Mapping[str, str]) -> list[Finding]:
    """A sentence for each variable that is told, and one for all that are not; no value that may hold a secret."""
    faults = environment.faults_by_name(told)
    found = [Finding(MEND, words) for words in faults.values()]
    sound = [name for name in environment.VARIABLES if told.get(name, "").strip() and name not in faults]
    found += [Finding(GOOD, f"{name} задана и понятна.") for name in sound]
    for name in sorted(told):
        is_ours = name in environment.VARIABLES or name in _NOT_FOR_OPERATORS
        if name.startswith("OPORA_") and not is_ours:
            found.append(Finding(MEND, f"{name}: такой настройки нет.{_nearest(name)}"))
    usual = [name for name in environment.VARIABLES if name not in sound and name not in faults]
    if usual:
        found.append(Finding(GOOD, f"Не заданы, действует обычное: {', '.join(usual)}."))
    return found


def folder(place: Path) -> list[Finding]:
    """Space on the disk of the data folder, and whom its files belong and are open to."""
    found, owner = [_space(place)], place.stat().st_uid
    if os.getuid() != owner:
        words = f"Папка данных принадлежит «{_account(owner)}», а команду запустил «{_account(os.getuid())}»."
        return [*found, Finding(MEND, f"{words} Повторите от его имени: runuser -u {_account(owner)} -- …")]
    states = [(one, state) for one in (place, *_kept(place)) if (state := _state_of(one)) is not None]
    alien = sum(state.st_uid != owner for _, state in states)
    # A folder within a closed one is closed by it.
    loose = sum(
        _is_loose(state) for one, state in states if not one.is_dir() or one in (place, place / one.name)
    )
    if alien:
        files = counted(alien, "файл", "файла", "файлов")
        words = f"В папке данных {files} другого владельца, сервер их не изменит."
        found.append(Finding(MEND, f"{words} Верните их: sudo chown -R {_account(owner)} «{place}»."))
    if loose:
        files = counted(loose, "файл или папку", "файла или папки", "файлов или папок")
        words = f"В папке данных {files} могут читать другие пользователи машины."
        found.append(Finding(MEND, f"{words} Закройте: chmod -R go-rwx «{place}»."))
    if not alien and not loose:
        found.append(Finding(GOOD, f"Папку данных «{place}» читает и меняет только её владелец."))
    return found


def site(told: Mapping[str, str], data: Path) -> list[Finding]:
    """Whether people come by https and the number of proxies fits; nothing of variables that are wrong themselves."""
    say = environment.told_by(told)
    try:
        address = environment.site_address(say("OPORA_ADDRESS"), data)
        proxies = environment.whole_number(say("OPORA_PROXIES"), "OPORA_PROXIES", usual=0)
    except Refused:
        return []
    is_here = environment.host_of(address) in environment.HERE
    if address.startswith("https://"):
        found = [Finding(GOOD, f"Адрес {address}: https, браузеры запомнят его на год (HSTS).")]
        if not proxies:
            words = "Адрес https, значит впереди прокси, а OPORA_PROXIES не задана: все люди покажутся одним адресом."
            return [*found, Finding(MEND, f"{words} За образцом nginx впишите OPORA_PROXIES=1.")]
        servers = counted(proxies, "прокси", "прокси", "прокси")
        return [*found, Finding(GOOD, f"Впереди {servers}: попытки входа считаются для каждого человека.")]
    if is_here:
        words = (
            f"Адрес {address}: открывается на этой машине. Для других людей задайте OPORA_ADDRESS=https://…"
        )
        found = [Finding(NOTE, words)]
    else:
        words = f"Адрес {address} без https: пароли и документы идут по сети открыто."
        found = [Finding(MEND, f"{words} Поставьте прокси с сертификатом и задайте OPORA_ADDRESS=https://…")]
    if proxies:
        words = (
            f"OPORA_PROXIES={proxies}, а адрес без https: если прокси нет, адрес человека можно подделать."
        )
        found.append(Finding(NOTE, f"{words} Без прокси уберите OPORA_PROXIES."))
    return found


def programs() -> list[Finding]:
    """LibreOffice, and whether it may be run on files of strangers."""
    if office() is not None:
        return [Finding(GOOD, "LibreOffice есть, сеть у него отнимается: старые doc и xls читаются.")]
    if shutil.which("soffice") is None and shutil.which("libreoffice") is None:
        words = "LibreOffice нет: старые doc и xls не читаются, шаблоны Word не показываются как pdf."
        return [Finding(NOTE, f"{words} Если нужно: sudo apt install libreoffice-writer libreoffice-calc.")]
    words = "LibreOffice есть, но сеть у него отнять нельзя (программа unshare запрещена или не установлена)"
    return [
        Finding(NOTE, f"{words}, поэтому он не запускается. Разрешите её или переводите doc в docx сами.")
    ]


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, environment.VARIABLES, n=1, cutoff=0.6)
    return f" Похожая — {near[0]}: исправьте имя или уберите." if near else " Уберите её."


def _space(place: Path) -> Finding:
    free = shutil.disk_usage(place).free // _MEGABYTE
    words = f"На диске папки данных свободно {free} МБ"
    if free < _LITTLE:
        return Finding(MEND, f"{words}: скоро запись будет отклоняться (R-SPACE). Освободите место.")
    files = f"это около {free // _UPLOAD} файлов наибольшего размера ({_UPLOAD} МБ)"
    return Finding(NOTE if free < _ENOUGH else GOOD, f"{words}, {files}.")


def _kept(place: Path) -> Iterator[Path]:
    """Everything that the product keeps in the folder."""
    for name in OURS:
        for one in place.glob(name):
            yield one
            if one.is_dir() and not one.is_symlink():
                yield from one.rglob("*")


def _state_of(place: Path) -> os.stat_result | None:
    # People work meanwhile: a file may be gone by now.
    try:
        return place.lstat()
    except OSError:
        return None


def _is_loose(state: os.stat_result) -> bool:
    return not stat.S_ISLNK(state.st_mode) and bool(state.st_mode & 0o077)


def _account(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
