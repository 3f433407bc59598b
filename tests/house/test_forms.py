"""Every form that changes something carries a key, every form that edits a row the version it shows."""

from __future__ import annotations

import lxml.html
import pytest
from django.db import transaction
from django.test import Client

from opora.core.history import HistoryEntry
from tests.house.forms import Form, forms_of
from tests.house.junk import content_of
from tests.house.world import World

# What a form carries is the same on every engine; turns of two people are tried on both in the rooms.
pytestmark = pytest.mark.one_engine

# Doors whose forms change nothing that could be doubled: the reason stands beside each.
KEYLESS: dict[str, str] = {
    "account_login": "signing in is a session, no row; a second time is the same session",
    "mfa_authenticate": "the second step of signing in",
    "account_logout": "a session ends once",
    "account_reset_password": "a letter asked for by a stranger; limited by number",
    "account_reset_password_from_key": "a link that works once",
    "accounts:invitation": "a link that works once",
    "account_change_password": "the old password does not fit a second time",
    "account_reauthenticate": "a mark of the session",
    "mfa_activate_totp": "the code is good once",
    "mfa_deactivate_totp": "what is off stays off",
    "mfa_generate_recovery_codes": "new codes are shown once, on purpose; the last ones are good",
    "accounts:sign_out_everywhere": "what has ended has ended",
    "dashboard:look": "colours are kept in a cookie",
    "documents:upload": "each file of a batch is kept or refused by itself and has a key of its own",
    "visits:sheet": "sent later where there is no line: its queue gives the key",
    "visits:report_words": "the same queue",
}
# Pressed twice they do it twice, on purpose.
REPEATED: dict[str, str] = {
    "accounts:person_data_file": "the file is given out again, and each giving is noted",
}
# Forms that begin with words or choices which are no row of the base.
UNVERSIONED: dict[str, str] = {
    "accounts:person_add": "a new person",
    "schools:add": "a new school",
    "schools:load_schools": "what an absent cell of a list means",
    "schools:take_part": "a new participation",
    "schools:add_equipment": "a new position",
    "appointments:appoint": "a new appointment",
    "appointments:proposal": "the usual load and the choice of people",
    "appointments:order": "names as the paper writes them; nothing of the row is rewritten but the order's number",
    "visits:schedule_keep": "a new document",
    "imports:uploads": "a new draft",
    "documents:document_add": "a new document",
    "documents:upload": "new documents",
    "questionnaires:collection_new": "a new collection",
    "questionnaires:form_build": "a new form",
}
# A version by any of these names: the rooms that keep drafts compare with their own.
VERSIONS = {"_seen", "seen", "version", "mark"}
# Editing forms, a field of each and two values: two people save the same row. Those whose rows here may not be saved as
# they stand are tried in their rooms: requisites, cards of documents, words of reports, and whatever keeps drafts.
EDITING: dict[str, tuple[str, str, str]] = {
    "accounts:person": ("post", "Первое слово", "Второе слово"),
    "schools:change": ("address", "Первое слово", "Второе слово"),
    "indicators:rule": ("first_number", "2", "3"),
    "documents:paper_mark": ("address", "https://one.example/", "https://two.example/"),
    "documents:form_edit": ("title", "Первое слово", "Второе слово"),
    "reviews:round_edit": ("title", "Первое слово", "Второе слово"),
    "reviews:criteria": ("title-0", "Первое слово", "Второе слово"),
    "questionnaires:form_edit": ("title", "Первое слово", "Второе слово"),
}


@pytest.fixture(scope="module")
def found(made: World, django_db_blocker: object) -> list[Form]:
    """All forms, found once."""
    with django_db_blocker.unblock(), transaction.atomic():
        forms = list(forms_of(made))
        transaction.set_rollback(True)
    return forms


def test_every_form_that_changes_something_carries_a_key(found: list[Form]) -> None:
    assert len(found) > 80
    bare = {f"{one.door} → {one.leads_to}" for one in found if "_key" not in one.tree.fields}
    assert {one for one in bare if one.split(" → ")[1] not in KEYLESS} == set()


def test_two_equal_presses_are_one_deed_with_one_answer(found: list[Form], world: World) -> None:
    doubled, done = [], 0
    for one in found:
        if one.leads_to in {*KEYLESS, *REPEATED} or one.person is None:
            continue
        client = Client()
        client.force_login(one.person)
        with transaction.atomic():
            before = HistoryEntry.objects.count()
            first = client.post(one.address, one.told)
            content_of(first)
            after = HistoryEntry.objects.count()
            second = client.post(one.address, one.told)
            content_of(second)
            done += after > before
            is_same = (first.status_code, first.get("Location")) == (
                second.status_code,
                second.get("Location"),
            )
            if HistoryEntry.objects.count() != after or (after > before and not is_same):
                doubled.append(f"{one.door} → {one.leads_to}: {first.status_code}, {second.status_code}")
            transaction.set_rollback(True)
    assert doubled == []
    assert done > 20


def test_every_form_that_shows_a_row_carries_its_version(found: list[Form]) -> None:
    bare = {
        one.leads_to: one.filled
        for one in found
        if one.filled and not any(is_version(name) for name in one.tree.fields)
    }
    assert {name: filled for name, filled in bare.items() if name not in UNVERSIONED} == {}


def is_version(name: str) -> bool:
    return name in VERSIONS or name.endswith("-version")


@pytest.mark.parametrize("name", EDITING)
def test_two_people_who_save_one_row_see_both_versions(found: list[Form], world: World, name: str) -> None:
    field, first, second = EDITING[name]
    form = next(one for one in found if (one.door, one.leads_to) == (name, name))
    one, other = Client(), Client()
    for client in (one, other):
        client.force_login(form.person)
    assert one.post(form.address, form.told | {field: first}).status_code == 302
    answer = other.post(form.address, form.told | {field: second})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in (first, second, "изменил другой человек"))

    # The next press is a decision: the page bears the version that stands.
    again = next(
        one for one in lxml.html.fromstring(page).forms if field in one.fields and one.method == "POST"
    )
    known = form._replace(tree=again)
    assert known.told[field] == [second]
    assert other.post(form.address, known.told).status_code == 302
