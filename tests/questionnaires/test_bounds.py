"""The work of formulas is counted and bounded: when a form is uploaded, when a draft is kept, when a page is opened."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from opora.core.refusal import Refused
from opora.questionnaires import costs
from opora.questionnaires.actions.answers import save_draft, submit
from opora.questionnaires.actions.collections import make_collection
from opora.questionnaires.actions.forms import add_form
from opora.questionnaires.audience import Audience
from opora.questionnaires.content import Answers, Form, Question
from opora.questionnaires.costs import MOST_WORK, OF_EVALUATION, OF_PLACE_IN_PYTHON
from opora.questionnaires.judging import TOO_DEAR, TOO_LARGE, Judged, judge
from opora.questionnaires.models import Draft, Respondent, Submission
from opora.questionnaires.sizes import MOST_PLACES, permitted_sizes, sizes_of
from tests.questionnaires.scene import AT, DAY, Scene, compiled, make_scene
from tests.questionnaires.test_compiling import compile_rows, refusal_of

HOSTILE = " + ".join(["count(/data/r[sum(/data/r/x) > 1])"] * 100)


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is counted here, not timed: on a busy machine the seconds beside the count would end it before."""
    monkeypatch.setattr(costs, "MOST_SECONDS", 600.0)


def repeat(calculation: str = "", inside: str = "") -> Form:
    """A repeat of numbers, with a calculation in every row and one after it."""
    parts = [Question("x", "r/x", "integer", "Сколько")]
    if inside:
        parts.append(Question("c", "r/c", "calculated", "Сумма", calculation=inside))
    whole = [Question("r", "r", "repeat", "Строки", questions=tuple(parts))]
    if calculation:
        whole.append(Question("q", "q", "calculated", "Итог", calculation=calculation))
    return Form("Форма", tuple(whole))


def rows(count: int) -> Answers:
    return {"r": [{"x": "5"} for _ in range(count)]}


def nested(count: int, calculation: str = "sum(/data/r/s/y)") -> tuple[Form, Answers]:
    """Repeats in a repeat, so many rows of so many; every innermost row sums up all of them."""
    parts = (
        Question("y", "r/s/y", "integer", "Сколько"),
        Question("c", "r/s/c", "calculated", "Сумма", calculation=calculation),
    )
    inner = Question("s", "r/s", "repeat", "Внутри", questions=parts)
    form = Form("Форма", (Question("r", "r", "repeat", "Снаружи", questions=(inner,)),))
    return form, {"r": [{"s": [{"y": "1"} for _ in range(count)]} for _ in range(count)]}


def judged_and_counted(form: Form, answers: Answers) -> tuple[Judged, int, int]:
    """What a judging says, how many formulas it really evaluated and how many places its functions really read."""
    evaluated = read = 0

    def watch(frame: FrameType, event: str, _: Any) -> None:
        nonlocal evaluated, read
        if event == "call" and frame.f_code.co_filename.endswith(("judging.py", "functions.py")):
            evaluated += frame.f_code.co_name == "_value"
            read += frame.f_code.co_name == "number"

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        found = judge(form, answers, DAY)
    finally:
        sys.setprofile(before)
    return found, evaluated, read


@pytest.mark.parametrize("count", [1, 5, 20])
def test_the_work_counted_is_never_less_than_the_work_done(count: int) -> None:
    for form, answers in (
        (repeat(HOSTILE), rows(count)),
        (repeat("", "sum(/data/r/x) + max(/data/r/x)"), rows(count)),
        (repeat("sum(if(count(/data/r/x) > 0, /data/r/x, /data/r/x))", "../x * 2"), rows(count)),
        nested(count),
    ):
        found, evaluated, read = judged_and_counted(form, answers)
        assert not found.dear
        assert found.work >= evaluated * OF_EVALUATION + read * OF_PLACE_IN_PYTHON


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        (repeat(HOSTILE), rows(200)),
        (repeat("", HOSTILE), rows(60)),
        (repeat("", "count(/data/r[/data/r/x != /data/r/x])"), rows(200)),
        (repeat("count(/data/r[count(/data/r/x | /data/r/x | /data/r/x | /data/r/x) > 0])"), rows(200)),
        (repeat("", "count(/data/*/*/../..)"), rows(200)),
        nested(40),
        nested(40, "count(/data/r/s[y > 0]/../s)"),
        nested(40, "/data/r/s/y = /data/r/s/y"),
    ],
)
def test_a_formula_that_is_too_dear_is_not_evaluated(form: Form, answers: Answers) -> None:
    found, evaluated, read = judged_and_counted(form, answers)
    assert found.dear == TOO_DEAR
    assert evaluated * OF_EVALUATION + read * OF_PLACE_IN_PYTHON <= MOST_WORK
    assert "r/1" in found.relevant
    assert found.values == {}
    with pytest.raises(Refused, match="Введённые значения целы") as refusal:
        found.check()
    assert refusal.value.code == "F-TIME"


def test_more_rows_than_a_page_can_show_are_never_made_into_a_tree() -> None:
    found, evaluated, _ = judged_and_counted(*nested(200))
    assert found.dear == TOO_LARGE
    assert evaluated == 0
    assert len(found.relevant) <= 2 * MOST_PLACES


def test_a_text_that_grows_makes_the_next_formulas_dearer() -> None:
    """What a calculation gives is known only when it is given; a search in it is counted with its real length."""
    texts = Question("t", "t", "text", "Слова")
    double = Question("d", "d", "calculated", "Дважды", calculation="concat(/data/t, /data/t)")
    searches = " + ".join(["string-length(translate(/data/d, /data/d, ''))"] * 50)
    search = Question("q", "q", "calculated", "Поиск", calculation=searches)
    form = Form("Форма", (texts, double, search))
    assert not judge(form, {"t": "я" * 100}, DAY).dear
    assert judge(form, {"t": "я" * 10_000}, DAY).dear == TOO_DEAR


def test_honest_forms_are_far_from_the_bound() -> None:
    for name in ("household", "equipment", "self-check", "training", "cascade", "likert"):
        form = compiled(name).form
        assert judge(form, {}, DAY).work < MOST_WORK / 100
    row = {"what": "Доска", "amount": "2", "price": "100,5"}
    largest = {"project": [{"which": "cos", "thing": [row] * 100} for _ in range(10)]}
    assert not judge(compiled("equipment").form, largest, DAY).dear
    flat = tuple(
        Question(
            f"q{one}",
            f"q{one}",
            "integer",
            "Вопрос",
            relevant=f"/data/q{one - 1} > 1" if one else "",
            constraint=". > 0 and . < 500",
        )
        for one in range(300)
    )
    found = judge(Form("Форма", flat), {f"q{one}": "5" for one in range(300)}, DAY)
    assert len(found.relevant) == 300
    assert found.work < MOST_WORK / 10


def test_the_largest_permitted_answer_is_within_what_is_permitted_in_all() -> None:
    form, _ = nested(1)
    sizes = permitted_sizes(form)
    assert sizes.rows == {"r": 200, "r/s": 200}
    assert sizes.places["r/s/y"] <= MOST_PLACES
    assert sizes_of(form, {"r": "нет", "s": 4}).total == 1 - 1


_HOSTILE_LINE = f"calculate | q | | | | {HOSTILE}".replace("/data/r/x", "${x}").replace("/data/r[", "${r}[")


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["begin_repeat | r | Р", "integer | x | X", "end_repeat", _HOSTILE_LINE], 5),
        (
            [
                "begin_repeat | r | Р",
                "begin_repeat | s | С",
                "integer | y | Y",
                "calculate | c | | | | sum(/data/r/s/y)",
                "end_repeat",
                "end_repeat",
            ],
            5,
        ),
        (
            [
                "begin_repeat | r | Р",
                "integer | x | X | | | | . <= sum(/data/r[x > 1]/x)",
                "calculate | c | | | | count(/data/r[/data/r/x > ../x])",
                "end_repeat",
            ],
            4,
        ),
    ],
)
def test_a_form_that_would_cost_over_a_second_is_refused_with_its_row(lines: list[str], row: int) -> None:
    assert f"строка {row}, столбец «calculation»: формула слишком тяжела" in refusal_of(*lines)


def test_forms_over_rows_that_are_honest_are_taken() -> None:
    made = compile_rows(
        "begin_repeat | r | Р",
        "integer | x | X",
        "calculate | part | | | | ${x} div sum(/data/r/x) * 100",
        "calculate | number | | | | position(..)",
        "end_repeat",
        "calculate | total | | | | sum(${x})",
        "calculate | many | | | | count(${r}[x > 3])",
    )
    assert not judge(made.form, rows(200), DAY).dear


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def owed(scene: Scene, form: Form) -> Respondent:
    """What a school owes by a form that no upload would take today."""
    person = scene.people["coordinator"]
    version = add_form(
        municipality=scene.town, form=form, content=b"x", file_name="а.xlsx", by=person, at=AT, on=DAY
    )
    made = make_collection(
        version=version,
        audience=Audience(scene.town, scene.programme, "schools"),
        title="Сбор",
        opens_on=DAY,
        due_on=DAY,
        on=DAY,
        by=person,
        at=AT,
    )
    return made.respondents.get(school=scene.schools[0])


@pytest.mark.django_db
def test_a_draft_that_is_too_dear_is_not_stored_and_the_page_keeps_what_was_typed(scene: Scene) -> None:
    respondent = owed(scene, repeat("", HOSTILE))
    school, place = scene.visitor("school"), f"/obligations/{respondent.pk}/"
    token = school.open(place).tree.get_element_by_id("sheet").fields["csrfmiddlewaretoken"]
    draft = Draft.objects.get(respondent=respondent)
    sent = {
        "csrfmiddlewaretoken": token,
        "rows/r": "60",
        "deed": "save",
        "version": str(draft.version),
        "step": "1",
    }
    sent |= {f"a/r/{one}/x": str(700 + one) for one in range(1, 61)}
    answer = school.client.post(place, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Показано без вычислений" in page
    assert "F-TIME" in page
    assert 'value="760"' in page
    draft.refresh_from_db()
    assert draft.data.get("r", []) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [60, 200])
def test_a_draft_stored_before_opens_with_its_values_and_a_sentence(scene: Scene, count: int) -> None:
    respondent = owed(scene, repeat(HOSTILE))
    school, place = scene.visitor("school"), f"/obligations/{respondent.pk}/"
    school.open(place)
    Draft.objects.filter(respondent=respondent).update(data={"r": [{"x": 731}] * 200})
    page = school.open(place)
    assert "Показано без вычислений" in page.words
    assert page.tree.get_element_by_id("sheet").fields["a/r/200/x"] == "731"
    person, draft = scene.people["school"], Draft.objects.get(respondent=respondent)
    with pytest.raises(Refused) as refusal:
        submit(respondent=respondent, data=draft.data, version=draft.version, on=DAY, by=person, at=AT)
    assert refusal.value.code == "F-TIME"
    assert not Submission.objects.exists()
    fewer = save_draft(respondent=respondent, data=rows(20), version=draft.version, on=DAY, by=person, at=AT)
    assert len(fewer.data["r"]) == 20


@pytest.mark.django_db
def test_a_stored_draft_of_more_rows_than_a_page_shows_opens_by_its_beginning(scene: Scene) -> None:
    form, answers = nested(200)
    respondent = owed(scene, form)
    school, place = scene.visitor("school"), f"/obligations/{respondent.pk}/"
    school.open(place)
    Draft.objects.filter(respondent=respondent).update(data=answers)
    page = school.open(place)
    assert "Ниже только начало ответа" in page.words
    assert 0 < len(page.tree.xpath("//input[starts-with(@name, 'a/r/')]")) <= MOST_PLACES
    assert page.tree.xpath("//fieldset[@disabled]")
    token = page.tree.get_element_by_id("sheet").fields["csrfmiddlewaretoken"]
    answer = school.client.post(place, {"csrfmiddlewaretoken": token, "deed": "save", "version": "1"})
    assert answer.status_code == 302
    assert len(Draft.objects.get(respondent=respondent).data["r"]) == 200
