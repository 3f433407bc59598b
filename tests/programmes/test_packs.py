"""Programmes come from packs, and coming twice changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.programmes.actions import load_our_packs, load_pack
from opora.programmes.models import DocumentKind, Programme, RiskFactor, Stage
from opora.programmes.pack import FOLDER, OURS
from opora.programmes.queries import programme_on
from opora.visits.report_fields import words_fields
from tests.appointments.town import AT

pytestmark = pytest.mark.django_db


def test_500_plus_brings_stages_factors_and_kinds() -> None:
    programme = load_pack(name="500plus-2022", by=None, at=AT)
    assert [(stage.starts_on, stage.ends_on) for stage in programme.stages.all()] == [
        (date(2022, 2, 1), date(2022, 5, 31)),
        (date(2022, 8, 1), date(2022, 11, 30)),
    ]
    assert programme.risk_factors.count() == 12
    assert [kind.code for kind in programme.document_kinds.all()][:3] == [
        "roadmap",
        "report",
        "curator-report",
    ]


def test_a_pack_loaded_twice_changes_nothing() -> None:
    load_our_packs(by=None, at=AT)
    before = [model.objects.count() for model in (Programme, Stage, RiskFactor, DocumentKind, HistoryEntry)]
    load_our_packs(by=None, at=AT)
    after = [model.objects.count() for model in (Programme, Stage, RiskFactor, DocumentKind, HistoryEntry)]
    assert before == after
    assert before[0] == 2


def test_a_newer_pack_changes_what_differs(tmp_path: Path) -> None:
    load_pack(name="500plus-2022", by=None, at=AT)
    newer = tmp_path / "newer.toml"
    text = (FOLDER / "500plus-2022.toml").read_text(encoding="utf-8")
    newer.write_text(text.replace("Дефицит педагогических кадров", "Нехватка учителей"), encoding="utf-8")
    load_pack(path=newer, by=None, at=AT)
    assert RiskFactor.objects.get(number=2).name == "Нехватка учителей"
    assert RiskFactor.objects.count() == 12


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('name = "Проект', 'nom = "Проект', "не хватает"),
        ("starts_on = 2021-12-01", "starts_on = 2023-12-01", "раньше, чем начинается"),
        ("starts_on = 2021-12-01", 'starts_on = "весной"', "не подходит"),
        ("[[stages]]", "[[[stages", "не читается"),
    ],
)
def test_a_broken_pack_is_refused_and_leaves_nothing(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    text = (FOLDER / "500plus-2022.toml").read_text(encoding="utf-8")
    assert before in text
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(Refused, match=words):
        load_pack(path=broken, by=None, at=AT)
    assert not Programme.objects.exists()


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(Refused, match=r"нет\. Есть: 500plus-2022"):
        load_pack(name="../settings", by=None, at=AT)


def test_all_packs_of_the_folder_are_in_the_list() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(OURS)


def test_the_programme_of_a_day_is_the_one_that_runs() -> None:
    assert programme_on(date(2022, 9, 15)) is None
    load_our_packs(by=None, at=AT)
    for day, code in (
        (date(2022, 9, 15), "500plus-2022"),
        (date(2023, 2, 1), "school-of-ministry-2023"),
        (date(2026, 1, 1), "school-of-ministry-2023"),
        (date(2019, 1, 1), "500plus-2022"),
    ):
        found = programme_on(day)
        assert found is not None
        assert found.code == code


def test_500_plus_asks_curators_its_own_questions() -> None:
    programme = load_pack(name="500plus-2022", by=None, at=AT)
    asked = [(one.code, one.about, one.is_needed) for one in words_fields(programme)]
    assert asked == [
        ("changed", "school", True),
        ("difficulties", "school", True),
        ("for_school", "school", True),
        ("for_municipality", "whole", False),
        ("for_region", "whole", False),
    ]
    assert [row["code"] for row in programme.forms["curator_report"]] == [code for code, _, _ in asked]
    assert words_fields(programme)[2].hint == "Коротко и по делу: что сделать до следующего этапа."
