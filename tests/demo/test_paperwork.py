"""The demonstration has papers, forms, answers and reviews in every state that a page can show."""

from __future__ import annotations

from collections import Counter
from datetime import date

from opora.demo.cast import SCHOOLS
from opora.documents.models import Comment, Document, FormCopy, FormTemplate, PublicationCheck
from opora.questionnaires.models import Collection, Questionnaire, Respondent, Submission, Survey
from opora.questionnaires.states import state_on
from opora.reviews.models import Examination, Round
from opora.reviews.population import redrawn
from opora.schools.models import Equipment
from tests.demo.conftest import Shown
from tests.demo.test_demo import sign_in
from tests.visitor import Visitor

DAY = date(2022, 9, 15)


def visitor_of(shown: Shown, mail: str) -> Visitor:
    visitor = Visitor()
    sign_in(visitor, mail, dict(shown.accounts)[mail])
    return visitor


def test_schools_owe_papers_and_the_page_names_what_is_lacking(shown: Shown) -> None:
    owed = Document.objects.filter(kind__owed_by__in=("school", "factor"))
    assert owed.count() == len(SCHOOLS) * 5 - 1
    assert Counter(one.state for one in owed) == {"approved": 53, "returned": 1}
    page = visitor_of(shown, "coordinator@opora.example").open("/marks/")
    assert "Школа № 105" in page.words
    assert "Школа № 109" in page.words


def test_the_register_covers_every_factor_in_work_and_one_school_keeps_an_old_version(shown: Shown) -> None:
    assert FormTemplate.objects.count() == 5
    assert FormTemplate.objects.filter(versions__number=2).count() == 1
    old = FormCopy.objects.filter(version__template__number="Ф-3", version__number=1).values_list(
        "school__number"
    )
    new = FormCopy.objects.filter(version__template__number="Ф-3", version__number=2).values_list(
        "school__number"
    )
    assert set(old) - set(new) == {(106,)}
    assert FormCopy.objects.filter(returned_on=None).exists()


def test_a_draft_is_discussed_and_its_versions_differ(shown: Shown) -> None:
    draft = Document.objects.get(discussed_until__isnull=False)
    assert draft.versions.count() == 2
    assert Counter(one.outcome for one in Comment.objects.all()) == {"open": 1, "taken": 1}
    seen = visitor_of(shown, "curator@opora.example").open(f"/documents/{draft.pk}/")
    assert "автобус" in seen.words


def test_people_looked_at_publications_elsewhere(shown: Shown) -> None:
    checks = PublicationCheck.objects.all()
    assert Counter(one.outcome for one in checks) == {"carries": 2, "silent": 1}
    assert all(one.checked_by is not None for one in checks)


def test_eight_schools_counted_their_equipment_and_five_of_them_gained(shown: Shown) -> None:
    rows = Equipment.objects.prefetch_related("counts")
    assert len({row.participation_id for row in rows}) == 8
    counts = {row: [one.amount for one in row.counts.all()] for row in rows}
    gained = {row.participation_id for row, told in counts.items() if told[-1] > told[0]}
    assert len(gained) == 5


def test_two_forms_are_asked_with_answers_in_every_state(shown: Shown) -> None:
    assert Questionnaire.objects.count() == 2
    first, second = Collection.objects.filter(audience="schools").order_by("opens_on")
    assert states_of(first) == {"accepted": 11}
    assert states_of(second) == {
        "accepted": 1, "submitted": 1, "returned": 1, "draft": 2, "missing": 1, "not_opened": 5
    }  # fmt: skip


def states_of(collection: Collection) -> Counter[str]:
    """How many of a collection stand in each state on the day of the story."""
    rows = Respondent.objects.filter(collection=collection).select_related("collection")
    return Counter(state_on(row, DAY) for row in rows)


def test_answers_without_names_are_enough_to_be_seen(shown: Shown) -> None:
    collection = Collection.objects.get(is_anonymous=True)
    told = Submission.objects.filter(collection=collection)
    assert told.count() == 8
    assert set(told.values_list("respondent", "submitted_by", "submitted_at")) == {(None, None, None)}


def test_the_federal_survey_is_loaded(shown: Shown) -> None:
    survey = Survey.objects.get()
    assert survey.figures.count() == 24
    assert survey.file is not None


def test_one_round_is_finished_and_another_is_in_work(shown: Shown) -> None:
    first, second = Round.objects.order_by("drawn_on")
    assert (first.drawn_on, first.finished_on) == (date(2022, 6, 6), date(2022, 6, 21))
    assert second.finished_on is None
    for review in (first, second):
        assert redrawn(review) == tuple(review.sampled.values_list("document_id", flat=True))
    assert second.sampled.exclude(returned_on=None).count() == 1
    looked = Examination.objects.filter(sampled__round=second)
    assert looked.exclude(finished_on=None).count() == 2
    assert looked.filter(finished_on=None, expert__email="expert@opora.example").exists()


def test_the_expert_opens_a_document_beside_its_criteria(shown: Shown) -> None:
    visitor = visitor_of(shown, "expert@opora.example")
    waiting = Examination.objects.filter(finished_on=None, expert__email="expert@opora.example").first()
    assert waiting is not None
    page = visitor.open(f"/examinations/{waiting.pk}/")
    assert "Полнота" in page.words
    assert str(waiting.sampled.document) in page.words
