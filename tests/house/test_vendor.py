"""Front-end files that others wrote are those that were looked at: name, version, licence and hash."""

import hashlib
import tomllib

from tests.house.tree import PACKAGE

STATIC = PACKAGE / "core" / "static"


def listed() -> list[dict[str, str]]:
    """The rows of the list."""
    rows: list[dict[str, str]] = tomllib.loads((STATIC / "vendor.toml").read_text(encoding="utf-8"))["file"]
    return rows


def test_each_file_is_the_one_that_was_listed() -> None:
    assert listed()
    for row in listed():
        assert row.keys() >= {"path", "name", "version", "licence", "sha256"}
        assert all(row.values())
        assert hashlib.sha256((STATIC / row["path"]).read_bytes()).hexdigest() == row["sha256"], row["path"]


def test_every_file_of_others_is_listed() -> None:
    vendored = {str(path.relative_to(STATIC)) for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    assert vendored == {row["path"] for row in listed()}


def test_files_of_others_lie_in_their_own_folder() -> None:
    outside = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*.js") if "vendor" not in path.parts}
    assert not {name for name in outside if ".min." in name}
    assert {row["licence"] for row in listed()} <= {
        "0BSD",
        "MIT",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "OFL-1.1",
    }
