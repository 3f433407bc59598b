"""Workbooks in XLSForm as methodologists write them, made as real files: text tables become xlsx."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl


def workbook(survey: str, choices: str = "", settings: str = "", **more: str) -> bytes:
    """The bytes of an xlsx whose sheets are given as lines with cells between bars."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in {"survey": survey, "choices": choices, "settings": settings, **more}.items():
        if text:
            sheet = book.create_sheet(name)
            for row in rows_of(text):
                sheet.append([value or None for value in row])
    if not book.worksheets:
        book.create_sheet("Лист1")
    return saved(book)


def rows_of(text: str) -> list[list[str]]:
    """Lines of cells; the spaces around a cell are for the reader of the test."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_of(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows by column as a text table."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join(["|".join(names), *("|".join(row.get(name, "") for name in names) for row in rows)])


HOUSEHOLD = workbook(
    """
type|name|label::English (en)|label::Русский (ru)|required|relevant|constraint|constraint_message::Русский (ru)|calculation
start | start | | | | | | |
text | village | Village | Населённый пункт | yes | | string-length(.) > 2 | Слишком коротко |
begin_repeat | member | Family member | Член семьи | | | | |
text | role | Role | Кем приходится | yes | | | |
integer | age | Age | Возраст, лет | yes | | . >= 0 and . <= 120 | От 0 до 120 лет |
select_one yn | at_school | At school | Учится в школе? | yes | ${age} >= 6 and ${age} <= 18 | | |
integer | grade | Grade | Класс | | ${at_school} = 'yes' | . >= 1 and . <= 11 | Классы от 1 до 11 |
end_repeat | | | | | | | |
calculate | people | | | | | | | count(${member})
calculate | total_age | | | | | | | sum(${age})
calculate | mean_age | | | | | | | round(${total_age} div ${people}, 1)
note | thanks | Thanks | Всего ${people}, средний возраст ${mean_age} | | ${people} > 0 | | |
geopoint | place | Where | Где | | | | |
""",
    """
list_name | name | label::English (en) | label::Русский (ru)
yn | yes | Yes | Да
yn | no | No | Нет
""",
    """
form_title | form_id | default_language
Обследование семей | family1 | English (en)
""",
)

CASCADE = workbook(
    """
type | name | label | relevant | required | required_message
select_one yn | has_group | Есть ли группа сопровождения? | | yes | Ответьте «да» или «нет»
select_multiple ways | ways | Как она работает? | ${has_group} = 'yes' | yes |
text | other_way | Как именно «другое»? | selected(${ways}, 'other') | yes |
select_one often | often | Как часто встречаетесь? | ${has_group} = 'yes' and count-selected(${ways}) > 0 | |
text | why_seldom | Почему редко? | ${often} = 'seldom' | yes |
select_one yn | plan | Планируете создать? | ${has_group} = 'no' | yes |
date | plan_day | Когда? | ${plan} = 'yes' | yes |
""",
    """
list_name | name | label
yn | yes | Да
yn | no | Нет
ways | meet | Очные встречи
ways | chat | Переписка
ways | other | Другое
often | weekly | Каждую неделю
often | seldom | Реже раза в месяц
""",
)

LIKERT = workbook(
    """
type | name | label | hint | required | appearance | relevant
begin_group | climate | Уклад школы | Оцените каждое утверждение | | table-list |
select_one agree | c1 | Учителя поддерживают друг друга | | yes | list-nolabel |
select_one agree | c2 | Родители знают, чего ждёт школа | | yes | list-nolabel |
select_one agree | c3 | В школе спокойно на переменах | | yes | list-nolabel |
end_group | | | | | |
begin_group | more | Что ещё | | | | ${c1} = '1' or ${c2} = '1' or ${c3} = '1'
text | words | Что мешает больше всего? | Одним-двумя предложениями | yes | multiline |
end_group | | | | | |
""",
    """
list_name | name | label
agree | 1 | Не согласен
agree | 2 | Скорее не согласен
agree | 3 | Скорее согласен
agree | 4 | Согласен
""",
    "form_title\nОпрос об укладе",
)

SELF_CHECK = workbook(
    """
type | name | label::Русский | required | relevant | constraint | constraint_message::Русский | calculation | default
text | school | Школа | | | | | | opora_school
select_multiple risks|risks|Выбранные риски|yes||count-selected(.) <= 3|Не больше трёх рисков||opora_chosen_risks
begin_group | staff | Кадры | | selected(${risks}, 'staff') | | | |
integer | teachers | Учителей всего | yes | | . > 0 and . < 500 | От 1 до 499 | |
integer | young | из них моложе 35 лет | yes | | . <= ${teachers} | Молодых больше, чем учителей | |
calculate | share | | | | | | round(100 * ${young} div ${teachers}, 1) |
note | share_note | Доля молодых: ${share} % | | ${share} != '' | | | |
end_group | | | | | | | |
decimal | hours | Часов методической работы в неделю | | | . >= 0 and . <= 36 | От 0 до 36 | |
text|phone|Телефон школы|||regex(., '^[+]7 [(][0-9]{3}[)] [0-9]{3}-[0-9]{2}-[0-9]{2}$')|Напишите так: +7 (000) 000-00-00||
date | filled | Дата заполнения | yes | | . <= today() | День ещё не наступил | | today()
file | order | Приказ о группе | | | | | |
""",
    """
list_name | name | label::Русский
risks | staff | Дефицит педагогических кадров
risks | motivation | Низкая учебная мотивация
risks | equipment | Низкий уровень оснащения школы
risks | family | Низкий уровень вовлечённости родителей
""",
    "form_title\nСамодиагностика школы",
)

EQUIPMENT = workbook(
    """
type | name | label | required | relevant | constraint | constraint_message | calculation
begin repeat | project | Национальный проект | | | | |
select_one projects | which | Какой проект | yes | | | |
begin repeat | thing | Что получено | | | | |
text | what | Наименование | yes | | | |
integer | amount | Количество | yes | | . > 0 | Больше нуля |
decimal | price | Цена за штуку, руб. | | | . >= 0 | Цена не бывает меньше нуля |
calculate | cost | | | | | | ${amount} * ${price}
end repeat | | | | | | |
calculate | spent | | | | | | sum(${cost})
end repeat | | | | | | |
calculate | total | | | | | | sum(${spent})
select_one yn | used | Всё ли используется? | yes | ${total} > 1000 | | |
""",
    """
list_name | name | label
projects | tochka | «Точка роста»
projects | cos | Цифровая образовательная среда
yn | yes | Да
yn | no | Нет
""",
    "form_title | form_id\nОснащение школы | equipment",
)

TRAINING = workbook(
    """
type | name | label | hint | required | relevant | constraint | constraint_message | calculation
begin_group | about | О семинаре | | | | | |
date | held | Дата | | yes | | . >= date('2022-01-01') and . <= date('2022-12-31') | Дата вне 2022 года |
text | theme | Тема | Как в приказе | yes | | | |
end_group | | | | | | | |
begin_group | numbers | Сколько было | | | | | |
integer | came | Пришли | | yes | | . >= 0 | |
integer | online | Подключились | | yes | | . >= 0 | |
calculate | всего | | | | | | | ${came} + ${online}
end_group | | | | | | | |
text | thanks | Что сказали участники | | | ${всего} >= 10 | | |
calculate | day_words | | | | | | | format-date(${held}, '%d.%m.%Y')
calculate | mark | | | | | | | if(${всего} > 100, 'много', 'мало')
""",
    "",
    "form_title\nСеминар",
)

ALL = {
    "household": HOUSEHOLD,
    "cascade": CASCADE,
    "likert": LIKERT,
    "self-check": SELF_CHECK,
    "equipment": EQUIPMENT,
    "training": TRAINING,
}
