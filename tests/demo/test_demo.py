"""The demonstration shows a whole year of work, keeps it, and lets in everybody it names."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from opora.appointments.models import Appointment, CuratorCompetence, Duty
from opora.demo.cast import SCHOOLS
from opora.schools.models import AntiRiskProgramme, Measure, Outcome, School, SchoolRisk
from opora.visits.models import CuratorReport
from tests.demo.conftest import Shown, run_demo
from tests.visitor import Page, Visitor

DAY = "2022-09-15"


def test_it_prints_the_address_the_accounts_and_what_to_look_at(shown: Shown) -> None:
    assert "Адрес: http://127.0.0.1:8000/" in shown.text
    assert "Пример стоит на 15.09.2022" in shown.text
    assert "С чего начать:" in shown.text
    assert len(shown.accounts) == 8
    assert len({password for _, password in shown.accounts}) == 8
    assert all(len(password) >= 12 for _, password in shown.accounts)


def test_it_stands_on_its_day_with_forty_five_lines_and_the_sums_of_the_story(shown: Shown) -> None:
    lines = standings()
    assert len(lines) == 45
    states = [line["status"] for line in lines.values()]
    assert {state: states.count(state) for state in set(states)} == {
        "done": 20,
        "running": 7,
        "alive": 2,
        "at_risk": 2,
        "late": 4,
        "ahead": 10,
    }
    assert {number for number, line in lines.items() if line["status"] == "late"} == {
        "1.7",
        "2.8",
        "4.2",
        "4.6",
    }


def test_it_says_whom_the_late_lines_lack(shown: Shown) -> None:
    lines = standings()
    told = {
        number: (line["found"], line["expected"], line["reported"], line["missing"])
        for number, line in lines.items()
        if line["status"] == "late"
    }
    assert told["1.7"] == (9, 11, 1, ["Школа № 108"])
    assert told["2.8"] == (10, 11, 0, ["Школа № 109"])
    assert told["4.2"] == (10, 12, 0, ["Школа № 105", "Школа № 109"])
    assert told["4.6"][:3] == (4, 5, 1)


def test_its_history_verifies(shown: Shown) -> None:
    said = io.StringIO()
    call_command("history", "verify", stdout=said)
    assert "Журнал цел" in said.getvalue()


def test_a_second_run_changes_nothing_and_prints_the_same(shown: Shown) -> None:
    before = rows()
    assert sum(before.values()) > 500
    assert run_demo() == shown.text
    assert rows() == before


def test_every_school_is_marked_as_fictional(shown: Shown) -> None:
    schools = School.objects.all()
    assert len(schools) == len(SCHOOLS) == 11
    assert all(school.is_fictional and "вымышленн" in school.name for school in schools)


def test_the_passwords_are_kept_for_the_owner_alone(shown: Shown) -> None:
    kept = shown.folder / "demo-accounts.txt"
    assert kept.stat().st_mode & 0o077 == 0
    assert (shown.folder / "stands-on").read_text(encoding="ascii").strip() == DAY


def test_everybody_named_signs_in_and_sees_the_day_of_the_story(shown: Shown) -> None:
    for mail, password in shown.accounts:
        visitor = Visitor()
        page = sign_in(visitor, mail, password)
        assert page.address == "/today/", mail
        assert "15 сентября 2022" in page.words, mail
        plan = visitor.open("/roadmap/")
        assert "Муниципальная дорожная карта" in plan.words, mail
        assert len(plan.tree.xpath("//main//th[@scope='row']")) >= 45, mail


def test_a_wrong_password_does_not_let_in(shown: Shown) -> None:
    mail, password = shown.accounts[0]
    page = sign_in(Visitor(), mail, f"{password}x")
    assert page.address.startswith("/login/")
    assert page.tree.xpath("//*[@role='alert']")


@pytest.mark.parametrize(
    ("mail", "opens", "shut"),
    [
        ("coordinator@opora.example", ["/imports/", "/reports/", "/people/", "/appointments/"], []),
        ("head@opora.example", ["/reports/", "/documents/"], ["/imports/", "/people/"]),
        ("region@opora.example", ["/reports/", "/roadmap/"], ["/imports/", "/people/"]),
        ("curator@opora.example", ["/documents/", "/words/"], ["/imports/", "/reports/"]),
        ("school@opora.example", ["/documents/", "/words/"], ["/imports/", "/reports/", "/appointments/"]),
        (
            "expert@opora.example",
            ["/examinations/"],
            ["/imports/", "/reports/", "/collections/", "/reviews/"],
        ),
    ],
)
def test_each_enters_what_the_duty_gives(shown: Shown, mail: str, opens: list[str], shut: list[str]) -> None:
    visitor = Visitor()
    sign_in(visitor, mail, dict(shown.accounts)[mail])
    for address in opens:
        visitor.open(address)
    for address in shut:
        visitor.open(address, status=403)


def sign_in(visitor: Visitor, mail: str, password: str, status: int = 200) -> Page:
    """Sign in through the page, as a person does; a wrong password leaves one there."""
    page = visitor.open("/login/?next=/today/")
    return visitor.send(page, "/login/", status, login=mail, password=password)


def standings() -> dict[str, Any]:
    """The lines of the only roadmap on the day of the story, by number."""
    said = io.StringIO()
    call_command("standings", "--on", DAY, "--json", stdout=said)
    (plan,) = json.loads(said.getvalue())
    return {line["number"]: line for line in plan["lines"]}


def rows() -> dict[str, int]:
    """How many rows each of our tables has."""
    return {
        model._meta.label: model._default_manager.count() for model in apps.get_models() if is_ours(model)
    }


def is_ours(model: Any) -> bool:
    return str(model.__module__).startswith("opora.")


def test_line_1_9_is_done_by_reports_of_curators_approved_in_may(shown: Shown) -> None:
    reports = list(CuratorReport.objects.select_related("document"))
    line = standings()["1.9"]
    assert (line["status"], line["found"], line["expected"]) == ("done", 5, 5)
    assert {report.approved_on for report in reports} == {date(2022, 5, 27)}
    assert [report.document.activity.number for report in reports if report.document] == ["1.9"] * 5
    assert {len(report.frozen["schools"]) for report in reports} == {2, 3}


def test_three_schools_work_on_their_risks_and_curators_confirm_measures(shown: Shown) -> None:
    works = AntiRiskProgramme.objects.all()
    measures = Measure.objects.filter(programme__in=works)
    assert {work.participation.school.number for work in works} == {101, 103, 104}
    assert all(work.targets.exists() for work in works)
    assert measures.filter(confirmed_on__isnull=False).count() == 7
    assert measures.filter(done_on__isnull=False, confirmed_on=None).count() == 2
    assert measures.filter(done_on=None).count() == 2


def test_results_of_two_years_stand_for_every_school_and_those_of_a_few_pupils_are_hidden(
    shown: Shown,
) -> None:
    assert Outcome.objects.count() == len(SCHOOLS) * 3 * 2
    hidden = {row.school.number for row in Outcome.objects.all() if not row.may_be_shown}
    assert hidden == {106}


def test_every_curator_is_marked_with_what_the_schools_chose(shown: Shown) -> None:
    for appointment in Appointment.objects.filter(duty=Duty.CURATOR, until=None):
        chosen = set(
            SchoolRisk.objects.filter(
                participation__school=appointment.school_id, is_chosen=True
            ).values_list("factor", flat=True)
        )
        marked = set(
            CuratorCompetence.objects.filter(person=appointment.person_id).values_list("factor", flat=True)
        )
        assert chosen & marked, appointment


def test_the_demo_is_served_by_a_process_that_has_typeset_no_paper(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[tuple[list[str], str]] = []
    monkeypatch.setattr(os, "execve", lambda _, words, around: became.append((words, around["OPORA_DATA"])))
    call_command("demo", "--port", "8765", stdout=io.StringIO())
    [(words, folder)] = became
    assert words[3:] == ["opora", "serve", "--host", "127.0.0.1", "--port", "8765"]
    assert folder == str(shown.folder.resolve())
