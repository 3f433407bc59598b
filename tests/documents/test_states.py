"""The way of a document: what may be done in each state, and what counts on which day."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from opora.core.history import breaks, history_of
from opora.core.refusal import Refused
from opora.documents import actions
from opora.documents.card import card_of
from opora.documents.models import Attestation, Document, Publication
from opora.documents.queries import (
    attestations_of,
    in_state,
    proofs_of,
    publications_of,
    state_on,
)
from tests.documents.conftest import AT, TEXT, TODAY, Town

IN_JUNE = date(2022, 6, 30)


def test_a_document_counts_since_it_is_approved_and_is_only_reported_before(town: Town) -> None:
    document = town.document()
    line = town.lines[0].pk

    actions.send_for_approval(document=document, by=town.coordinator, at=AT, on=date(2022, 9, 2))
    actions.approve(document=document, on=date(2022, 9, 5), by=town.head, at=AT)

    assert proofs_of([line], date(2022, 8, 31)) == {}
    assert [proof.is_approved for proof in proofs_of([line], date(2022, 9, 4))[line]] == [False]
    assert [proof.is_approved for proof in proofs_of([line], date(2022, 9, 5))[line]] == [True]


def test_an_approval_of_a_past_day_counts_on_that_day(town: Town) -> None:
    document = town.document(dated_on=date(2022, 6, 24))

    actions.approve(document=document, on=date(2022, 6, 24), by=town.head, at=AT)

    line = town.lines[0].pk
    assert proofs_of([line], IN_JUNE)[line][0].approved_on == date(2022, 6, 24)


def test_every_deed_leaves_one_line_of_history(town: Town) -> None:
    document = town.document()
    actions.send_for_approval(document=document, by=town.coordinator, at=AT, on=TODAY)
    actions.return_with_question(document=document, question="Где подпись?", on=TODAY, by=town.head, at=AT)
    actions.add_version(
        document=document, content="С подписью".encode(), file_name="о.txt", by=town.coordinator, at=AT
    )
    actions.send_for_approval(document=document, by=town.coordinator, at=AT, on=TODAY)
    actions.approve(document=document, on=TODAY, by=town.head, at=AT)
    publication = actions.publish(document=document, where="portal", on=TODAY, by=town.head, at=AT)
    actions.take_down(publication=publication, reason="Устарел", on=TODAY, by=town.head, at=AT)
    actions.recall_approval(document=document, reason="Не тот файл", by=town.head, at=AT)

    verbs = [entry.verb.removeprefix("document.") for entry in reversed(history_of(document))]
    assert verbs == [
        "added", "sent", "returned", "version_added", "sent", "approved", "published", "taken_down",
        "approval_recalled",
    ]  # fmt: skip
    assert list(breaks()) == []


def test_publishing_waits_for_approval(town: Town) -> None:
    with pytest.raises(Refused, match="Разместить можно после утверждения"):
        actions.publish(document=town.document(), where="portal", on=TODAY, by=town.head, at=AT)

    assert not Publication.objects.exists()


def test_what_is_taken_down_is_still_up_on_the_days_before(town: Town) -> None:
    document = town.approved()
    line = town.lines[0].pk
    publication = actions.publish(document=document, where="portal", on=date(2022, 9, 6), by=town.head, at=AT)
    actions.take_down(publication=publication, reason="Ошибка", on=date(2022, 9, 10), by=town.head, at=AT)

    assert publications_of([line], date(2022, 9, 5)) == {}
    assert len(publications_of([line], date(2022, 9, 9))[line]) == 1
    assert publications_of([line], date(2022, 9, 10)) == {}


@pytest.mark.parametrize(
    "address",
    ["", "сайт центра", "javascript:alert(1)", "ftp://example.test/a", "https://", "//example.test"],
)
def test_a_publication_elsewhere_needs_an_address_of_a_page(town: Town, address: str) -> None:
    document = town.approved()

    with pytest.raises(Refused, match="адрес"):
        actions.publish(document=document, where="elsewhere", address=address, on=TODAY, by=town.head, at=AT)


def test_a_day_that_has_not_come_is_refused_everywhere(town: Town) -> None:
    tomorrow = date(2022, 9, 16)
    document = town.document()
    approved = town.approved("Другой")

    for deed in (
        lambda: town.document(dated_on=tomorrow),
        lambda: town.document(on=tomorrow),
        lambda: actions.send_for_approval(document=document, by=town.coordinator, at=AT, on=tomorrow),
        lambda: actions.approve(document=document, on=tomorrow, by=town.head, at=AT),
        lambda: actions.publish(document=approved, where="portal", on=tomorrow, by=town.head, at=AT),
        lambda: actions.attest(
            activity=town.lines[0], words="Готово", happened_on=tomorrow, by=town.coordinator, at=AT
        ),
    ):
        with pytest.raises(Refused, match="ещё не наступило"):
            deed()


def test_what_was_approved_is_not_swapped(town: Town) -> None:
    document = town.approved()

    with pytest.raises(Refused, match="сначала отзовите утверждение"):
        actions.add_version(document=document, content=b"new", file_name="a.txt", by=town.head, at=AT)
    with pytest.raises(Refused, match="сначала отзовите утверждение"):
        actions.change_card(document=document, card=card_of(document), by=town.head, at=AT)
    with pytest.raises(Refused, match="сначала отзовите утверждение"):
        actions.return_with_question(document=document, question="А?", on=TODAY, by=town.head, at=AT)


def test_an_approval_is_not_recalled_while_published(town: Town) -> None:
    document = town.approved()
    actions.publish(document=document, where="portal", on=TODAY, by=town.head, at=AT)

    with pytest.raises(Refused, match="после снятия с размещения"):
        actions.recall_approval(document=document, reason="Передумали", by=town.head, at=AT)


def test_a_returned_document_is_approved_only_after_it_is_sent_again(town: Town) -> None:
    document = town.document()
    actions.return_with_question(document=document, question="Где итог?", on=TODAY, by=town.head, at=AT)

    with pytest.raises(Refused, match="вернулся с вопросом"):
        actions.approve(document=document, on=TODAY, by=town.head, at=AT)

    actions.send_for_approval(document=document, by=town.coordinator, at=AT, on=TODAY)
    actions.approve(document=document, on=TODAY, by=town.head, at=AT)
    document.refresh_from_db()
    assert document.state == Document.State.APPROVED


def test_the_same_form_twice_makes_one_record(town: Town) -> None:
    key = uuid.uuid4()
    first = town.document(form_key=key)

    with pytest.raises(actions.SentTwice) as refusal:
        town.document(form_key=key)

    assert refusal.value.row == first
    assert refusal.value.code == "R-TWICE"
    assert Document.objects.count() == 1


def test_the_same_file_again_is_not_a_new_version(town: Town) -> None:
    document = town.document()

    with pytest.raises(actions.SentTwice):
        actions.add_version(document=document, content=TEXT, file_name="a.txt", by=town.coordinator, at=AT)

    assert document.versions.count() == 1


def test_a_word_counts_once_confirmed_and_not_after_it_is_withdrawn(town: Town) -> None:
    line = town.lines[0].pk
    word = actions.attest(
        activity=town.lines[0],
        words="Проведено",
        happened_on=date(2022, 5, 20),
        by=town.curator,
        at=AT,
    )
    actions.confirm(attestation=word, on=date(2022, 6, 1), by=town.coordinator, at=AT)
    actions.withdraw(attestation=word, reason="Не тот пункт", on=date(2022, 7, 1), by=town.coordinator, at=AT)

    assert attestations_of([line], date(2022, 5, 19)) == {}
    assert [one.is_confirmed for one in attestations_of([line], date(2022, 5, 31))[line]] == [False]
    assert [one.is_confirmed for one in attestations_of([line], IN_JUNE)[line]] == [True]
    assert attestations_of([line], date(2022, 7, 1)) == {}


def test_a_withdrawn_word_is_not_confirmed(town: Town) -> None:
    word = actions.attest(
        activity=town.lines[0], words="Проведено", happened_on=TODAY, by=town.curator, at=AT
    )
    actions.withdraw(attestation=word, reason="Ошибка", on=TODAY, by=town.curator, at=AT)

    with pytest.raises(Refused, match="отозвано"):
        actions.confirm(attestation=word, on=TODAY, by=town.coordinator, at=AT)
    assert Attestation.objects.get().confirmed_on is None


def test_a_line_or_school_of_another_municipality_is_refused(town: Town, other_town: Town) -> None:
    with pytest.raises(Refused, match="другого муниципалитета"):
        town.document(activity=other_town.lines[0])
    with pytest.raises(Refused, match="другого муниципалитета"):
        town.document(school=other_town.schools[0])
    assert not Document.objects.exists()


@pytest.mark.parametrize("day", [date(2022, 9, day) for day in (1, 2, 3, 4, 5)])
def test_the_state_on_a_day_is_told_alike_by_the_row_and_by_the_query(town: Town, day: date) -> None:
    document = town.document()
    actions.send_for_approval(document=document, by=town.coordinator, at=AT, on=date(2022, 9, 2))
    actions.return_with_question(document=document, question="Где?", on=date(2022, 9, 3), by=town.head, at=AT)
    document.refresh_from_db()

    states = [state for state in Document.State.values if Document.objects.filter(in_state(state, day))]
    assert states == [state_on(document, day)]


def test_proofs_of_many_lines_cost_one_query(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for line in town.lines:
        town.approved(activity=line)
    ids = [line.pk for line in town.lines]

    with django_assert_num_queries(1):
        assert set(proofs_of(ids, TODAY)) == set(ids)
    with django_assert_num_queries(1):
        publications_of(ids, TODAY)
    with django_assert_num_queries(1):
        attestations_of(ids, TODAY)
