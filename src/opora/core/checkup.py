"""What is well in the installation and what is to be mended: base, history, work, letters, copies, one sentence each."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import Error, connection
from django.utils.timezone import get_current_timezone

from opora.core import mail
from opora.core.copies import last_mark
from opora.core.dumps import base_place, engine, has_tables
from opora.core.findings import GOOD, MEND, NOTE, Finding
from opora.core.heads import kept_heads
from opora.core.job_list import FAILED, STUCK, WAITING, job_counts, jobs_in, post_state
from opora.core.jobs import daily_names
from opora.core.models import HistoryEntry, Job
from opora.core.outages import outage_of
from opora.core.russian import counted
from opora.core.upgrade import is_behind

# A copy older than this is told; work that waits longer has nobody to do it.
COPY_AGE: Final = timedelta(days=7)
PATIENCE: Final = timedelta(minutes=10)
DAILY_AGE: Final = timedelta(days=2)
_NO_BASE: Final = "Базы ещё нет. Создайте её: ./opora init."
_FULL: Final = 2


def checkup(*, at: datetime) -> list[Finding]:
    """Everything that is found, base first; what stands in the base is told only when it answers and is up to date."""
    found = [*_copy(at)]
    try:
        base = _base()
        if all(one.kind != MEND for one in base):
            found = [*base, *_history(), *_work(at), *_letters(), *found]
        else:
            found = [*base, *_mail_server(), *found]
    except Error as error:
        words = outage_of(error) or "База ответила ошибкой. Её слова — в выводе ./opora serve."
        found = [Finding(MEND, words), *_mail_server(), *found]
    return found


def _base() -> list[Finding]:
    if engine() == "sqlite" and not base_place().exists():
        return [Finding(MEND, _NO_BASE)]
    if not has_tables():
        return [Finding(MEND, _NO_BASE)]
    name = "Встроенная база SQLite" if engine() == "sqlite" else "PostgreSQL"
    found = [Finding(GOOD, f"{name} {_version()} отвечает.")]
    if is_behind():
        words = "База от прежней версии «Опоры». Сделайте копию (./opora backup) и обновите: ./opora migrate."
        return [*found, Finding(MEND, words)]
    found.append(Finding(GOOD, "База соответствует этой версии «Опоры»."))
    return [*found, *(_sqlite() if engine() == "sqlite" else _postgres())]


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if engine() == "sqlite" else "SHOW server_version")
        return str(cursor.fetchone()[0]).split()[0]


def _sqlite() -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        is_wal = str(cursor.fetchone()[0]) == "wal"
        cursor.execute("PRAGMA synchronous")
        is_full = cursor.fetchone()[0] >= _FULL
    if is_wal and is_full:
        return [Finding(GOOD, "Записанное доходит до диска раньше ответа (WAL, synchronous=FULL).")]
    words = "База не в режиме WAL с synchronous=FULL: при отключении света можно потерять последние записи."
    return [Finding(MEND, f"{words} Держите папку данных на своём диске этой машины, не на сетевом.")]


def _postgres() -> list[Finding]:
    lacking = [name for name in ("pg_dump", "pg_restore") if shutil.which(name) is None]
    if not lacking:
        return [Finding(GOOD, "Программы для копии PostgreSQL на месте.")]
    words = f"Нет программы {' и '.join(lacking)}: копию не сделать. Установите: sudo apt install postgresql-client."
    return [Finding(MEND, words)]


def _history() -> list[Finding]:
    heads = [head for same in kept_heads().values() for head in same]
    if not heads:
        if not HistoryEntry.objects.exists():
            return [Finding(GOOD, "Журнал ещё пуст.")]
        words = "Конец журнала вне базы ещё не записан: сервер делает это раз в день, и ./opora backup тоже."
        return [Finding(NOTE, words)]
    last = max(heads, key=lambda head: (head.number, head.day))
    if not HistoryEntry.objects.filter(number=last.number, hash=last.hash).exists():
        words = f"Журнал в базе не сходится с записью от {last.day:%d.%m.%Y} вне её (№ {last.number})."
        return [Finding(MEND, f"{words} Посмотрите, где расхождение: ./opora history verify.")]
    words = f"Конец журнала записан вне базы {last.day:%d.%m.%Y}: запись № {last.number}, она на месте."
    return [Finding(GOOD, words)]


def _work(at: datetime) -> list[Finding]:
    counts, found = job_counts(at), []
    if counts[FAILED]:
        jobs = counted(counts[FAILED], "задание", "задания", "заданий")
        words = f"Не удалось: {jobs}. Причина и кнопка повтора — «Настройки», «Задания»."
        found.append(Finding(MEND, words))
    if counts[STUCK]:
        jobs = counted(counts[STUCK], "задание", "задания", "заданий")
        words = f"Зависло: {jobs}; сервер повторит сам. Если не проходит — «Настройки», «Задания»."
        found.append(Finding(NOTE, words))
    late = jobs_in(WAITING, at).filter(run_after__lt=at - PATIENCE).count()
    if late:
        jobs = counted(late, "задание ждёт", "задания ждут", "заданий ждут")
        words = f"{jobs} дольше десяти минут: похоже, сервер не работает. Запустите ./opora serve."
        found.append(Finding(MEND, words))
    elif counts[WAITING]:
        found.append(Finding(GOOD, f"Заданий в очереди: {counts[WAITING]}, они ждут своего времени."))
    elif not found:
        found.append(Finding(GOOD, "Отложенных и неудавшихся заданий нет."))
    return [*found, _daily(at)]


def _daily(at: datetime) -> Finding:
    done = Job.objects.filter(task__in=daily_names(), state=Job.State.DONE).order_by("-done_at").first()
    if done is None or done.done_at is None:
        words = "Ежедневную работу сервер ещё не делал: он начнёт её, когда запустят ./opora serve."
        return Finding(NOTE, words)
    when = _moment(done.done_at)
    if at - done.done_at > DAILY_AGE:
        words = f"Ежедневную работу сервер последний раз делал {when}. Проверьте, запущен ли ./opora serve."
        return Finding(MEND, words)
    return Finding(GOOD, f"Ежедневную работу сервер делал {when}.")


def _mail_server() -> list[Finding]:
    if not mail.is_set():
        words = (
            f"{mail.NOT_SET} Впишите почтовый сервер в EMAIL_URL; ссылки приглашений можно передать и так."
        )
        return [Finding(NOTE, words)]
    words = f"Почта: {mail.place_words().rstrip('.')}; от кого: {settings.DEFAULT_FROM_EMAIL}."
    found = [Finding(GOOD, f"{words} Пробное письмо: ./opora mail-test АДРЕС.")]
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        words = f"Письма уходят от {settings.DEFAULT_FROM_EMAIL}, такие многие серверы не принимают."
        found.append(Finding(NOTE, f"{words} Впишите свой ящик в OPORA_MAIL_FROM."))
    return found


def _letters() -> list[Finding]:
    found, state = _mail_server(), post_state()
    if state.failed_at and (state.sent_at is None or state.failed_at > state.sent_at):
        words = f"Последнее письмо ({_moment(state.failed_at)}) не ушло. {state.error}"
        found.append(Finding(MEND, f"{words} Проверьте: ./opora mail-test АДРЕС."))
    elif state.sent_at:
        found.append(Finding(GOOD, f"Последнее письмо ушло {_moment(state.sent_at)}."))
    return found


def _copy(at: datetime) -> list[Finding]:
    mark, make = last_mark(), "Сделайте копию на другой диск: ./opora backup ПАПКА."
    if mark is None:
        return [Finding(NOTE, f"Копии ещё не делали. {make} Каждую ночь — планировщиком.")]
    when = _moment(mark.made_at)
    if mark.lacking:
        files = counted(mark.lacking, "файла", "файлов", "файлов")
        words = f"В последней копии ({when}) не хватает {files} хранилища."
        return [Finding(MEND, f"{words} Назовёт их ./opora backup; верните их из прежней копии.")]
    if at - mark.made_at > COPY_AGE:
        return [Finding(MEND, f"Последняя копия старше недели: {when}, «{mark.place}». {make}")]
    if not Path(mark.place).exists():
        words = f"Последней копии ({when}) нет на месте: «{mark.place}». Если диск снят, верните его."
        return [Finding(NOTE, words)]
    return [Finding(GOOD, f"Последняя копия: {when}, «{mark.place}».")]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(get_current_timezone()):%d.%m.%Y в %H:%M}"
