"""Pages of collections and of what is owed: made through the form, seen by state, done with many; queries told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.questionnaires.models import Collection, Respondent
from opora.questionnaires.states import state_on
from tests.indicators.town import TODAY, Town, browser_of, make_person, make_town
from tests.questionnaires.gathering import gather, hand_in, make_version, owing, seen

# The frame asks for the session, the person, duties and roadmaps; the programme; then the page itself.
LIST, ONE, OWED, RESULTS = 8, 9, 6, 9


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def queries_of(client: Any, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def form_told(town: Town, **more: Any) -> dict[str, Any]:
    return {
        "version": make_version(town).pk,
        "title": "Анкета школ",
        "who": "schools",
        "kind": "",
        "opens_on": "2022-09-01",
        "due_on": "2022-09-20",
        "mode": "by_hand",
        **more,
    }


def test_a_collection_is_made_after_a_look_at_who_will_answer(town: Town) -> None:
    client = browser_of(town.coordinator)
    assert "Форм пока нет" in seen(client.get("/collections/new/"))

    looked = client.post("/collections/new/", form_told(town, look="1"))
    assert "Ответят: 3" in seen(looked)
    assert "Школа № 101, Школа № 102" in seen(looked)
    assert not Collection.objects.exists()

    made = client.post("/collections/new/", form_told(town, make="1"), follow=True)
    collection = Collection.objects.get()
    assert made.redirect_chain[-1][0] == f"/collections/{collection.pk}/"
    assert "Принято 0 из 3 ответов" in seen(made)
    assert collection.respondents.count() == 3


def test_what_was_typed_stays_when_a_collection_is_refused(town: Town) -> None:
    client = browser_of(town.coordinator)
    said = form_told(town, title="Моя анкета", due_on="2022-08-01", kind="named", make="1")
    answer = client.post("/collections/new/", said)

    assert answer.status_code == 422
    assert 'value="Моя анкета"' in answer.content.decode()
    assert "раньше, чем сбор открывается" in seen(answer)
    assert "Отметьте школы" in seen(answer)
    nobody = client.post("/collections/new/", form_told(town, who="curators", make="1"))
    assert (nobody.status_code, Collection.objects.count()) == (422, 0)


def test_a_nameless_mode_makes_a_nameless_collection(town: Town) -> None:
    browser_of(town.coordinator).post("/collections/new/", form_told(town, mode="nameless", make="1"))
    made = Collection.objects.get()
    assert (made.is_anonymous, made.is_accepted_by_hand) == (True, False)


def test_sums_filter_the_list_and_the_day_is_the_one_looked_at(town: Town) -> None:
    collection = gather(town)
    hand_in(collection, town.schools[0], on=date(2022, 9, 10))

    page = browser_of(town.coordinator).get(f"/collections/{collection.pk}/")
    assert "1 сдано, ждёт приёма" in seen(page)
    assert "2 срок прошёл" in seen(page)
    only = browser_of(town.coordinator).get(f"/collections/{collection.pk}/?state=missing").content.decode()
    assert "Отметить: Школа № 102" in only
    assert "Отметить: Школа № 101" not in only
    before = browser_of(town.coordinator, on=date(2022, 9, 9)).get(f"/collections/{collection.pk}/")
    assert "3 ещё не открыто" in seen(before)


def test_marked_answers_are_accepted_and_the_rest_reminded(town: Town) -> None:
    collection = gather(town)
    one = hand_in(collection, town.schools[0])
    other = owing(collection, town.schools[1])
    client, address = browser_of(town.coordinator), f"/collections/{collection.pk}/"

    assert "Принято: 1 ответ." in seen(
        client.post(f"{address}accept/", {"respondent": [one.pk]}, follow=True)
    ).replace("\xa0", " ")
    assert "только сданное" in seen(client.post(f"{address}accept/", {"respondent": [other.pk]}, follow=True))
    reminded = client.post(f"{address}remind/", {"all": "1", "state": "missing"}, follow=True)

    assert "Ждём ответ: «Анкета школ»" in seen(reminded)
    assert "— Школа № 102" in seen(reminded)
    assert "Школа № 101" not in seen(reminded)
    assert Respondent.objects.filter(reminded_on=TODAY).count() == 2


def test_a_term_is_put_off_from_the_list_by_two_steps(town: Town) -> None:
    collection = gather(town)
    one = owing(collection, town.schools[0])
    client, address = browser_of(town.coordinator), f"/collections/{collection.pk}/extend/"

    asked = client.post(address, {"respondent": [one.pk]})
    assert asked.status_code == 200
    assert f'value="{one.pk}" checked' in asked.content.decode()
    wrong = client.post(address, {"respondent": [one.pk], "until": "2022-09-01", "reason": "Карантин"})
    assert (wrong.status_code, "позже общего" in seen(wrong)) == (422, True)
    client.post(address, {"respondent": [one.pk], "until": "2022-09-20", "reason": "Карантин"})
    assert state_on(owing(collection, town.schools[0]), TODAY) == "not_opened"


def test_an_answer_is_read_and_returned_with_a_question(town: Town) -> None:
    collection = gather(town)
    one = hand_in(collection, town.schools[0])
    client, address = browser_of(town.coordinator), f"/collections/{collection.pk}/answers/{one.pk}/"

    read = seen(client.get(address))
    assert "Сколько учителей 30" in read
    assert "Наставники помогают Согласен" in read
    assert "Пары наставников: 2" in read
    assert client.post(f"{address}return/", {"question": ""}).status_code == 422
    client.post(f"{address}return/", {"question": "Сколько пар?"})
    assert "Сколько пар?" in seen(client.get(f"/collections/{collection.pk}/"))
    assert client.get(f"/collections/{gather(town).pk}/answers/{one.pk}/").status_code == 404


def test_those_who_joined_are_shown_and_added_by_one_button(town: Town) -> None:
    collection = gather(town, kind="")
    Respondent.objects.filter(school=town.schools[2]).delete()
    client = browser_of(town.coordinator)

    assert "Ещё не в списке: Школа № 103." in seen(client.get(f"/collections/{collection.pk}/"))
    client.post(f"/collections/{collection.pk}/follow/")
    assert owing(collection, town.schools[2]).since == TODAY


def test_a_nameless_answer_cannot_be_read_nor_its_day_seen(town: Town) -> None:
    collection = gather(town, is_anonymous=True, is_accepted_by_hand=False)
    one = hand_in(collection, town.schools[0])
    client = browser_of(town.coordinator)

    assert client.get(f"/collections/{collection.pk}/answers/{one.pk}/").status_code == 404
    page = client.get(f"/collections/{collection.pk}/").content.decode()
    assert "answers/" not in page
    assert "сдано 10" not in page
    assert "Пока не показываем" in seen(client.get(f"/collections/{collection.pk}/results/"))
    for ending in ("xlsx", "csv", "zip"):
        assert client.get(f"/collections/{collection.pk}/results.{ending}").status_code == 422


def test_what_a_school_and_a_curator_owe_stands_by_when_it_is_due(town: Town) -> None:
    keeper = make_person("Хранителева")
    town.appoint("school_coordinator", town.schools[0], keeper)
    town.appoint("curator", town.schools[0], town.curators[0])
    late = gather(town, title="Прошлая")
    ahead = gather(town, title="Нынешняя", due_on=date(2022, 9, 30))
    done = gather(town, title="Сданная")
    hand_in(done, town.schools[0])
    asked = gather(town, "curators", title="Кураторам", due_on=date(2022, 9, 30))
    gather(town, title="Будущая", opens_on=date(2022, 10, 1), due_on=date(2022, 10, 30))

    of_school, of_curator = (seen(browser_of(one).get("/obligations/")) for one in (keeper, town.curators[0]))

    assert of_school.index("Прошлая") < of_school.index("Нынешняя") < of_school.index("Сданная")
    assert "Срок прошёл 12" in of_school
    assert "Кураторам" not in of_school
    assert "Будущая" not in of_school
    assert "Ещё не начато, сдать до 30" in of_school
    assert "Кураторам" in of_curator
    assert "Прошлая" not in of_curator
    page = browser_of(keeper).get("/obligations/").content.decode()
    for collection in (late, ahead, done):
        assert f"/obligations/{owing(collection, town.schools[0]).pk}/" in page
    assert f"/obligations/{owing(asked, town.curators[0]).pk}/" not in page


def test_three_rows_and_three_hundred_cost_the_same(db: None) -> None:
    costs = []
    for number, name in ((3, "Малый"), (300, "Большой")):
        town = make_town(number, name=name)
        keeper = make_person("Хранителева")
        town.appoint("school_coordinator", town.schools[0], keeper)
        collections = [gather(town, title=f"Сбор {place}") for place in range(3 if number == 3 else 40)]
        for school in town.schools[: number // 3]:
            hand_in(collections[0], school)
        client, address = browser_of(town.coordinator), f"/collections/{collections[0].pk}/"
        costs.append(
            (
                queries_of(client, "/collections/"),
                queries_of(client, address),
                queries_of(browser_of(keeper), "/obligations/"),
                queries_of(client, f"{address}results/"),
                queries_of(client, f"{address}results/?show=table"),
            )
        )
    assert costs[0] == costs[1] == (LIST, ONE, OWED, RESULTS, RESULTS)


def test_the_centre_of_another_town_finds_nothing(town: Town) -> None:
    collection = gather(town)
    stranger = browser_of(make_town(1, name="г. о. Соседск").coordinator)
    assert stranger.get(f"/collections/{collection.pk}/").status_code == 404
    assert stranger.post(f"/collections/{collection.pk}/close/").status_code == 404
    assert "Анкета школ" not in seen(stranger.get("/collections/"))


def test_a_form_leads_to_its_collection_and_only_those_who_may_see_the_way_to_forms(town: Town) -> None:
    version = make_version(town)
    centre, head = browser_of(town.coordinator), browser_of(town.head)
    way = f"/collections/new/?version={version.pk}"

    form, made, of_centre, of_head = (
        client.get(address).content.decode()
        for client, address in (
            (centre, f"/questionnaires/{version.questionnaire_id}/"),
            (centre, way),
            (centre, "/collections/"),
            (head, "/collections/"),
        )
    )

    assert way in form
    assert f'<option value="{version.pk}" selected>' in made
    assert 'href="/questionnaires/"' in of_centre
    assert 'href="/questionnaires/"' not in of_head


def test_acceptance_of_an_earlier_day_is_marked(town: Town) -> None:
    collection = gather(town)
    one = hand_in(collection, town.schools[0], on=date(2022, 9, 5))
    client, address = browser_of(town.coordinator), f"/collections/{collection.pk}/"
    assert "Каким днём записать приём" in seen(client.get(address))

    early = client.post(f"{address}accept/", {"respondent": one.pk, "on": "2022-09-04"}, follow=True)
    ahead = client.post(f"{address}accept/", {"respondent": one.pk, "on": "2022-09-16"}, follow=True)
    client.post(f"{address}accept/", {"respondent": one.pk, "on": "2022-09-10"})

    assert "Принять можно только сданное" in seen(early)
    assert "ещё не наступило" in seen(ahead)
    one.refresh_from_db()
    assert (one.accepted_on, one.acceptance_entered_on) == (date(2022, 9, 10), TODAY)
    assert "принято 10 сентября 2022 (внесено 15 сентября 2022)" in seen(client.get(address)).replace(
        "\xa0", " "
    )
