"""What schools and people are asked in the story: the forms as workbooks in XLSForm, and the survey made elsewhere."""

from __future__ import annotations

from opora.demo.story import d

Sheets = dict[str, list[list[str]]]
_L, _H, _M = "label::Русский (ru)", "hint::Русский (ru)", "constraint_message::Русский (ru)"

REPORT_TITLE = "Отчёт школы за этап"
REPORT: Sheets = {
    "survey": [
        ["type", "name", _L, _H, "required", "relevant", "constraint", _M, "calculation", "default", "appearance"],
        ["begin_group", "about", "О школе"],
        ["text", "opora_school", "Школа", "Подставлено из «Опоры»"],
        ["text", "opora_curator", "Куратор"],
        ["integer", "opora_visits_held", "Сколько раз был куратор"],
        ["integer", "teachers", "Сколько в школе учителей", "", "yes", "", ". > 0 and . < 500", "От 1 до 499"],
        ["integer", "trained", "Из них учились на этом этапе", "", "yes", "", ". >= 0 and . <= ${teachers}",
         "Учились не больше, чем работает"],
        ["calculate", "share", "Доля учителей, которые учились, %", "", "", "", "", "",
         "round(100 * ${trained} div ${teachers}, 0)"],
        ["note", "share_note", "Учились ${share} % учителей", "", "", "${share} != ''"],
        ["end_group"],
        ["begin_group", "work", "Работа с рисками"],
        ["select_one pace", "pace", "Как идут антирисковые программы", "", "yes"],
        ["select_multiple obstacles", "obstacles", "Что мешает", "Можно отметить несколько", "yes", "${pace} != 'well'"],
        ["text", "other_obstacle", "Что именно мешает", "", "yes", "selected(${obstacles}, 'other')", "", "", "", "",
         "multiline"],
        ["text", "help", "Какая помощь нужна", "Одним-двумя предложениями", "", "${pace} = 'hard'", "", "", "", "",
         "multiline"],
        ["end_group"],
        ["begin_repeat", "deed", "Что провели", "По одной записи на каждое дело"],
        ["text", "name", "Что это было", "Семинар, открытый урок, родительское собрание", "yes"],
        ["date", "held", "Когда", "", "yes", "", ". >= date('2022-01-01') and . <= date('2022-12-31')", "День 2022 года"],
        ["integer", "came", "Сколько человек было", "", "yes", "", ". > 0", "Больше нуля"],
        ["end_repeat"],
        ["begin_group", "climate", "Насколько это похоже на вашу школу", "", "", "", "", "", "", "", "table-list"],
        ["select_one agree", "c1", "Учителя бывают на уроках друг у друга", "", "yes", "", "", "", "", "", "list-nolabel"],
        ["select_one agree", "c2", "Результаты проверочных разбирают вместе", "", "yes", "", "", "", "", "", "list-nolabel"],
        ["select_one agree", "c3", "Родители знают, чего ждёт школа", "", "yes", "", "", "", "", "", "list-nolabel"],
        ["select_one agree", "c4", "Отстающему помогают в первые две недели", "", "yes", "", "", "", "", "", "list-nolabel"],
        ["end_group"],
        ["begin_group", "next", "Итог и планы"],
        ["calculate", "all_came", "Всего участников", "", "", "", "", "", "sum(${came})"],
        ["note", "all_note", "За этап было участников: ${all_came}", "", "", "${all_came} > 0"],
        ["text", "plans", "Главное на следующий этап", "", "yes", "", "", "", "", "", "multiline"],
        ["end_group"],
    ],
    "choices": [
        ["list_name", "name", _L],
        ["pace", "well", "По плану"],
        ["pace", "slow", "С отставанием"],
        ["pace", "hard", "Трудно, нужна помощь"],
        ["obstacles", "staff", "Не хватает учителей"],
        ["obstacles", "time", "Не хватает времени"],
        ["obstacles", "samples", "Нет образцов"],
        ["obstacles", "other", "Другое"],
        ["agree", "1", "Совсем нет"],
        ["agree", "2", "Скорее нет"],
        ["agree", "3", "Скорее да"],
        ["agree", "4", "Да"],
    ],
    "settings": [["form_title", "form_id", "default_language"], [REPORT_TITLE, "school_report", "Русский (ru)"]],
}  # fmt: skip

HELP_TITLE = "Как вам помогают: опрос школьных координаторов"
HELP: Sheets = {
    "survey": [
        ["type", "name", _L, _H, "required", "relevant", "appearance"],
        ["select_one mark", "enough", "Помощи куратора хватает", "", "yes", "", "likert"],
        ["select_one mark", "clear", "Понятно, что и к какому сроку сдавать", "", "yes", "", "likert"],
        ["select_one mark", "useful", "Вебинары помогают в работе", "", "yes", "", "likert"],
        ["select_multiple ways", "ways", "Что помогло больше всего", "Не больше трёх", "yes"],
        ["text", "wanted", "Чего не хватает", "Без имён и названий школ", "", "", "multiline"],
    ],
    "choices": [
        ["list_name", "name", _L],
        ["mark", "1", "Не согласен"],
        ["mark", "2", "Скорее не согласен"],
        ["mark", "3", "Скорее согласен"],
        ["mark", "4", "Согласен"],
        ["ways", "visit", "Приезд куратора"],
        ["ways", "samples", "Образцы документов"],
        ["ways", "webinar", "Вебинары"],
        ["ways", "group", "Группа для вопросов"],
        ["ways", "peers", "Опыт других школ"],
    ],
    "settings": [["form_title", "form_id", "default_language"], [HELP_TITLE, "help", "Русский (ru)"]],
}  # fmt: skip
# (enough, clear, useful, what helped, what is wanted): answers without names, in no order.
HELP_SAID = (
    ("4", "4", "3", ("visit", "samples"), "Образцов по языковой адаптации."),
    ("4", "3", "3", ("visit",), ""),
    ("3", "2", "2", ("group", "peers"), "Сроки хорошо бы узнавать за две недели."),
    ("4", "4", "4", ("samples", "webinar"), ""),
    ("2", "3", "3", ("peers",), "Чтобы куратор приезжал чаще."),
    ("3", "4", "2", ("visit", "group"), ""),
    ("4", "3", "4", ("samples",), "Записей вебинаров с оглавлением."),
    ("3", "3", "3", ("visit", "peers"), ""),
)
HELP_OPENS, HELP_DUE, HELP_ON = d("05.09.2022"), d("23.09.2022"), d("12.09.2022")

SURVEY_TITLE = "Федеральный опрос участников проекта, 2022 год"
SURVEY_HELD, SURVEY_LOADED, SURVEY_FILE = d("31.05.2022"), d("12.09.2022"), "Опрос участников 2022.xlsx"
_ANSWERS = ("Да", "Скорее да", "Скорее нет", "Нет")
_ASKED = (
    ("Директора", 11, "Вы понимаете, какие риски есть у вашей школы?", (7, 3, 1, 0)),
    ("Директора", 11, "Куратор помогает школе?", (6, 4, 1, 0)),
    ("Директора", 11, "В школе стали чаще обсуждать результаты учеников?", (4, 5, 2, 0)),
    ("Кураторы", 5, "Вы понимаете, какие риски есть у ваших школ?", (4, 1, 0, 0)),
    ("Кураторы", 5, "Школа выполняет то, о чём договорились?", (2, 2, 1, 0)),
    ("Кураторы", 5, "Вам хватает времени на посещения?", (1, 1, 2, 1)),
)
SURVEY: Sheets = {
    "Результаты": [
        ["Группа", "Вопрос", "Ответ", "Количество", "Всего ответов"],
        *(
            [group, question, answer, str(amount), str(total)]
            for group, total, question, amounts in _ASKED
            for answer, amount in zip(_ANSWERS, amounts, strict=True)
        ),
    ]
}
