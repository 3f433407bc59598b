"""What `./opora doctor` says of a sound installation and of each thing that is wrong with it, and what it never says."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from opora.config.environment import VARIABLES
from tests.core.installation import WRITER, Installation, empty_place

pytestmark = pytest.mark.django_db

JOBS = """
import django
django.setup()
from datetime import timedelta
from opora.core.jobs import daily_names
from opora.core.models import Job
from opora.core.now import now
at = now()
usual = {"run_after": at, "made_at": at}
Job.objects.create(task="x", key="failed", state="failed", error="Не вышло.", **usual)
Job.objects.create(task="x", key="late", **{**usual, "run_after": at - timedelta(hours=1)})
Job.objects.create(task="x", key="stuck", stuck_at=at, **usual)
Job.objects.create(task=daily_names()[0], key="day", state="done", done_at=at - timedelta(days=3), **usual)
print("made")
"""
LETTERS = """
import django
django.setup()
from opora.core.jobs import letter_names
from opora.core.models import Job
from opora.core.now import now
Job.objects.all().delete()
usual = {"run_after": now(), "made_at": now(), "started_at": now()}
Job.objects.create(task=letter_names()[0], key="a", state="failed", error="Сервер не принял пароль.", **usual)
print("made")
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with a deed and a copy, at an address that people reach by https."""
    with empty_place(tmp_path_factory.mktemp("doctor") / "data") as made:
        assert made.run("migrate").returncode == 0
        assert made.python(WRITER, "1").communicate(timeout=60)[0].strip() == "1"
        assert made.run("backup", str(tmp_path_factory.mktemp("copies"))).returncode == 0
        yield replace(made, more={"OPORA_ADDRESS": "https://opora.example.ru", "OPORA_PROXIES": "1"})


def told(place: Installation, code: int, **more: str) -> str:
    """What the doctor says; every line of it bears its kind."""
    answer = replace(place, more={**place.more, **more}).run("doctor")
    assert (answer.returncode, answer.stderr) == (code, ""), answer.stdout + answer.stderr
    *lines, empty, last = answer.stdout.splitlines()
    assert all(re.match(r"хорошо:    |заметьте:  |исправьте: ", line) for line in lines)
    broken = [line for line in lines if line.startswith("исправьте")]
    assert (empty, last) == ("", f"Исправить: {len(broken)}." if code else "Всё готово к работе.")
    return answer.stdout


def test_a_sound_installation_is_told_whole(place: Installation) -> None:
    said = told(place, 0)

    assert "хорошо:    Адрес https://opora.example.ru" in said
    assert "хорошо:    Впереди 1" in said
    assert re.search(r"хорошо:    (Встроенная база SQLite|PostgreSQL) [\d.]+ отвечает", said)
    assert "хорошо:    База соответствует этой версии" in said
    assert re.search(r"хорошо:    Конец журнала .* № 1, она на месте", said)
    assert "хорошо:    Последняя копия:" in said
    assert "заметьте:  Почта на этом сервере не настроена" in said
    assert re.search(r"свободно \d+ МБ", said)
    assert "LibreOffice" in said
    if not place.base:
        assert "WAL, synchronous=FULL" in said
    assert [name for name in VARIABLES if name not in said] == []


def test_every_wrong_setting_is_told_at_once_and_no_secret(place: Installation) -> None:
    said = told(
        place,
        1,
        DATABASE_URL="postgres://opora:very-secret@:bad/",
        OPORA_ADRESS="https://opora.example.ru",
        OPORA_PROXIES="many",
        OPORA_EGRESS="maybe",
        OPORA_SECRET_KEY="another-secret",
    )

    assert "исправьте: DATABASE_URL" in said
    assert "исправьте: OPORA_PROXIES" in said
    assert "исправьте: OPORA_EGRESS" in said
    assert "исправьте: OPORA_ADRESS: такой настройки нет. Похожая — OPORA_ADDRESS" in said
    assert "пока не проверены" in said
    assert "secret" not in said


def test_a_folder_that_cannot_be_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        assert told(Installation(place), 1).count("исправьте: ") == 1


def test_a_base_that_is_away_is_told_and_the_rest_is_told_too(place: Installation) -> None:
    said = told(place, 1, DATABASE_URL="postgres://nobody:very-secret@127.0.0.1:1/none")

    assert "исправьте: PostgreSQL на 127.0.0.1:1 не отвечает" in said
    assert "Последняя копия:" in said
    assert "secret" not in said


def test_a_base_that_is_not_made_is_told_and_not_made_by_looking(tmp_path: Path) -> None:
    with empty_place(tmp_path / "data") as empty:
        assert "./opora init" in told(empty, 1)
        assert not (tmp_path / "data").exists()
        (tmp_path / "data").mkdir(mode=0o700)
        assert "исправьте: Базы ещё нет. Создайте её: ./opora init." in told(empty, 1)
        assert not list((tmp_path / "data").glob("opora.sqlite3*"))


def test_a_proxy_that_is_not_counted_and_an_open_address_are_told(place: Installation) -> None:
    assert "исправьте: Адрес https, значит впереди прокси" in told(place, 1, OPORA_PROXIES="0")
    said = told(place, 1, OPORA_ADDRESS="http://192.168.1.5:8000")
    assert "исправьте: Адрес http://192.168.1.5:8000 без https: пароли" in said


def test_files_open_to_others_are_told(place: Installation) -> None:
    key = place.data / "secret.key"
    key.chmod(0o644)

    said = told(place, 1)

    assert "1\N{NO-BREAK SPACE}файл или папку могут читать другие" in said
    assert "chmod -R go-rwx" in said
    key.chmod(0o600)


def test_a_key_that_is_empty_is_told_in_a_sentence(place: Installation) -> None:
    key = place.data / "history.key"
    content = key.read_bytes()
    key.write_bytes(b"")

    said = told(place, 1)

    key.write_bytes(content)
    assert "history.key — пуст" in said


def test_an_old_copy_and_one_that_lacks_files_are_told(place: Installation) -> None:
    mark = place.data / "last-copy"
    content = mark.read_text(encoding="utf-8")
    made = json.loads(content)

    mark.write_text(json.dumps({**made, "made_at": "2026-01-01T02:00:00+03:00"}), encoding="utf-8")
    assert "исправьте: Последняя копия старше недели: 01.01.2026 в 02:00" in told(place, 1)
    mark.write_text(json.dumps({**made, "lacking": 2}), encoding="utf-8")
    assert "не хватает 2\N{NO-BREAK SPACE}файлов" in told(place, 1)
    mark.unlink()
    assert "заметьте:  Копии ещё не делали" in told(place, 0)
    mark.write_text(content, encoding="utf-8")
    mark.chmod(0o600)


def test_a_history_that_does_not_meet_its_head_is_told(place: Installation) -> None:
    heads = place.data / "history-heads"
    content = heads.read_text(encoding="ascii")
    heads.write_text(f"{content}2026-11-30 7 {'a' * 64}\n", encoding="ascii")

    said = told(place, 1)

    heads.write_text(content, encoding="ascii")
    assert "исправьте: Журнал в базе не сходится с записью от 30.11.2026" in said
    assert "./opora history verify" in said


def test_work_that_fails_hangs_or_waits_for_a_server_is_told(place: Installation) -> None:
    assert place.python(JOBS).communicate(timeout=60)[0] == "made\n"

    said = told(place, 1)

    assert "исправьте: Не удалось: 1\N{NO-BREAK SPACE}задание" in said
    assert "заметьте:  Зависло: 1\N{NO-BREAK SPACE}задание" in said
    assert "исправьте: 1\N{NO-BREAK SPACE}задание ждёт дольше десяти минут" in said
    assert "исправьте: Ежедневную работу сервер последний раз делал" in said


def test_a_letter_that_did_not_go_is_told_with_its_reason(place: Installation) -> None:
    assert place.python(LETTERS).communicate(timeout=60)[0] == "made\n"

    said = told(place, 1, EMAIL_URL="smtp+ssl://post%40example.ru:very-secret@smtp.example.ru:465")

    assert "хорошо:    Почта: smtp.example.ru, порт 465, шифрование SSL, вход как post@example.ru" in said
    assert "Сервер не принял пароль. Проверьте: ./opora mail-test" in said
    assert "заметьте:  Письма уходят от opora@localhost" in said
    assert "secret" not in said
