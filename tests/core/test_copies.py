"""The only copy: made while people write, put back whole or refused by name, proved by a drill."""

import json
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from opora.core.copies import checked
from opora.core.refusal import Refused
from tests.core.installation import WRITER, Installation, empty_place

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with some deeds."""
    with empty_place(tmp_path_factory.mktemp("place") / "data") as made:
        assert made.run("migrate").returncode == 0
        writer = made.python(WRITER, "20")
        assert writer.communicate(timeout=60)[0].split()[-1] == "20"
        yield made


@pytest.fixture(scope="module")
def copy(place: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it, made while somebody goes on writing."""
    into = tmp_path_factory.mktemp("copies")
    writer = place.python(WRITER, "100000")
    assert writer.stdout is not None
    kept = [int(writer.stdout.readline()) for _ in range(20)]
    try:
        made = place.run("backup", str(into))
    finally:
        writer.kill()
        writer.communicate()
    assert made.returncode == 0, made.stderr
    (folder,) = into.iterdir()
    assert str(folder) in made.stdout
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["head"][0] >= kept[-1]
    return folder


def refused(copy: Path) -> str:
    """The words with which a copy is refused."""
    with pytest.raises(Refused) as refusal:
        checked(copy, say=print)
    return refusal.value.words


def test_a_copy_made_while_people_write_comes_back_whole(copy: Path, tmp_path: Path) -> None:
    with empty_place(tmp_path / "data") as back:
        done = back.run("restore", str(copy))
        assert done.returncode == 0, done.stderr
        manifest = checked(copy, say=print)
        assert f"Журнал цел: {manifest.head[0]}\N{NO-BREAK SPACE}запис" in done.stdout
        assert "всё сошлось с копией" in done.stdout
        kept = {one.name for one in (back.data / "files").rglob("*") if one.is_file()}
        assert len(kept) == manifest.rows["core_storedfile"] >= 20
        assert (back.data / "secret.key").read_bytes() == (copy / "data" / "secret.key").read_bytes()
        assert not (back.data / ".restoring").exists()
        loose = [one for one in back.data.rglob("*") if one.is_file() and one.stat().st_mode & 0o077]
        assert loose == []
        # The place is not empty any more: a second copy is not laid over the first.
        again = back.run("restore", str(copy))
        assert again.returncode == 1
        assert "не пуста" in again.stderr
        # People go on working there.
        assert int(back.python(WRITER, "1").communicate(timeout=60)[0]) == manifest.head[0] + 1


def test_a_copy_is_readable_by_its_owner_only(copy: Path) -> None:
    modes = {stat.S_IMODE(one.stat().st_mode) for one in copy.rglob("*") if one.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(one.stat().st_mode) for one in (copy, *copy.rglob("*")) if one.is_dir()} == {0o700}


def test_a_changed_a_cut_and_a_missing_file_are_refused_by_name(copy: Path, tmp_path: Path) -> None:
    names = ["base", "data/secret.key", next(copy.glob("files/*/*/*")).relative_to(copy).as_posix()]
    for number, name in enumerate(names):
        for harm in ("changed", "cut", "missing"):
            harmed = tmp_path / f"{number}-{harm}"
            shutil.copytree(copy, harmed)
            content = (harmed / name).read_bytes()
            if harm == "missing":
                (harmed / name).unlink()
            else:
                (harmed / name).write_bytes(
                    content[:-1] + (b"" if harm == "cut" else bytes([content[-1] ^ 1]))
                )
            assert f"«{name}»" in refused(harmed)


def test_a_changed_list_and_a_folder_without_one_are_refused(copy: Path, tmp_path: Path) -> None:
    harmed = tmp_path / "copy"
    shutil.copytree(copy, harmed)
    text = (harmed / "manifest.json").read_text(encoding="utf-8")
    (harmed / "manifest.json").write_text(text.replace("0.1.0", "0.0.9"), encoding="utf-8")
    assert "«manifest.json»" in refused(harmed)
    assert "нет копии" in refused(tmp_path / "nothing")
    assert copy.name in refused(copy.parent)


def test_a_lost_and_a_damaged_file_leave_the_rest_copied_and_are_told_by_name(
    place: Installation, tmp_path: Path
) -> None:
    lost, damaged = [one for one in sorted((place.data / "files").rglob("*")) if one.is_file()][:2]
    contents = lost.read_bytes(), damaged.read_bytes()
    lost.unlink()
    damaged.write_bytes(b"other")
    try:
        made = place.run("backup", str(tmp_path / "copies"))
        drilled = place.run("drill", str(tmp_path / "copies"))
    finally:
        lost.write_bytes(contents[0])
        damaged.write_bytes(contents[1])
    assert (made.returncode, drilled.returncode) == (1, 1)
    for answer in (made, drilled):
        assert f"{lost.name} — нет" in answer.stderr
        assert f"{damaged.name} — повреждён" in answer.stderr
        assert "из прежней копии" in answer.stderr
        assert "Traceback" not in answer.stderr
    (copy,) = (tmp_path / "copies").iterdir()
    manifest = checked(copy, say=print)
    assert manifest.lacking == {lost.name: "lost", damaged.name: "damaged"}
    with empty_place(tmp_path / "data") as back:
        done = back.run("restore", str(copy))
        assert done.returncode == 0, done.stderr
        assert f"{lost.name} — нет" in done.stdout
        kept = {one.name for one in (back.data / "files").rglob("*") if one.is_file()}
        assert len(kept) == manifest.rows["core_storedfile"] - 2
        assert not kept & {lost.name, damaged.name}
    # Brought back, they are copied again, and the installation forgets the trouble.
    assert place.run("backup", str(tmp_path / "again")).returncode == 0
    assert json.loads((place.data / "last-copy").read_bytes())["lacking"] == 0


def test_a_copy_keeps_the_head_of_the_history_outside_the_base(copy: Path) -> None:
    kept = (copy / "data" / "history-heads").read_text(encoding="ascii").split()
    assert 0 < int(kept[-2]) <= json.loads((copy / "manifest.json").read_bytes())["head"][0]


def test_a_copy_inside_the_data_and_a_folder_that_cannot_be_are_refused(
    place: Installation, tmp_path: Path
) -> None:
    inside = place.run("backup", str(place.data / "copies"))
    (tmp_path / "file").touch()
    through = place.run("backup", str(tmp_path / "file" / "copies"))
    assert (inside.returncode, through.returncode) == (1, 1)
    assert "внутри папки данных" in inside.stderr
    assert "записать нельзя" in through.stderr
    assert "Traceback" not in inside.stderr + through.stderr


def test_a_restoration_broken_off_can_be_begun_again(copy: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "half").write_bytes(b"half")
    (data / ".restoring").touch()
    with empty_place(data) as back:
        assert back.run("restore", str(copy)).returncode == 0
        assert not (data / "files" / "ab" / "half").exists()


def test_a_place_with_files_is_not_written_over(copy: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "files" / "ab").mkdir(parents=True)
    with empty_place(data) as back:
        answer = back.run("restore", str(copy))
    assert answer.returncode == 1
    assert "не пуста" in answer.stderr


def test_a_copy_of_the_other_engine_says_which_way_to_go(copy: Path, tmp_path: Path) -> None:
    other = "sqlite" if json.loads((copy / "manifest.json").read_text())["engine"] != "sqlite" else ""
    answer = Installation(tmp_path / "data", "" if other else "postgres://nobody@127.0.0.1:1/none").run(
        "restore", str(copy)
    )
    assert answer.returncode == 1
    assert "./opora move" in answer.stderr


def test_a_drill_says_that_the_copy_can_be_trusted_and_leaves_nothing(
    place: Installation, tmp_path: Path
) -> None:
    answer = place.run("drill", str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    assert "Копии можно верить" in answer.stdout
    assert re.search(r"Журнал цел: \d+\sзапис", answer.stdout)
    assert list(tmp_path.iterdir()) == []
