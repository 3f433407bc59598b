"""How the history reads in Russian: the words of every verb that is recorded, and the fact worth telling beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

# Passive, so that the words fit any person and any gender: «Иванова А. П.: документ утверждён».
WORDS: Final[dict[str, str]] = {
    "activity.promised": "назначен показатель",
    "activity.responsible_named": "назначен ответственный",
    "activity.responsible_released": "освобождён от пункта",
    "activity.rule_changed": "изменено правило счёта",
    "activity.school_excused": "школа освобождена от пункта",
    "activity.school_expected": "школу снова ждут по пункту",
    "appointment.closed": "освобождение от обязанности",
    "appointment.opened": "назначение на обязанность",
    "appointment.ordered": "назначению указан приказ",
    "curator.report_approved": "отчёт куратора принят",
    "curator.report_begun": "отчёт куратора начат",
    "curator.report_called_back": "приём отчёта куратора отозван",
    "curator.report_published": "отчёт куратора размещён",
    "curator.report_returned": "отчёт куратора вернулся с вопросом",
    "curator.report_sent": "отчёт куратора сдан",
    "curator.report_words_kept": "слова отчёта куратора сохранены",
    "document.added": "документ внесён",
    "document.approval_recalled": "утверждение отозвано",
    "document.approved": "документ утверждён",
    "document.changed": "карточка документа поправлена",
    "document.comment_settled": "предложение к документу разобрано",
    "document.commented": "к документу внесено предложение",
    "document.discussed": "документ открыт для предложений",
    "document.discussion_closed": "приём предложений к документу закрыт",
    "document.page_checked": "страница размещения проверена",
    "document.page_seen": "страница размещения просмотрена",
    "document.published": "документ размещён",
    "document.returned": "документ вернулся с вопросом",
    "document.sent": "документ отправлен на согласование",
    "document.signed": "к документу приложена подпись",
    "document.taken_down": "документ снят с размещения",
    "document.version_added": "файл документа заменён",
    "draft.adopted": "приказ принят",
    "draft.discarded": "приказ отложен без принятия",
    "draft.line_added": "в прочитанное добавлен пункт",
    "draft.line_changed": "прочитанный пункт поправлен",
    "draft.line_deleted": "из прочитанного убран пункт",
    "draft.line_restored": "убранный пункт возвращён",
    "draft.made": "приказ прочитан",
    "draft.order_changed": "реквизиты приказа поправлены",
    "draft.remark_decided": "по замечанию принято решение",
    "draft.remark_reopened": "замечание снова открыто",
    "draft.reopened": "приказ снова на проверке",
    "equipment.added": "внесено оснащение",
    "equipment.counted": "посчитано оснащение",
    "equipment.loaded": "внесена таблица оснащения",
    "equipment.removed": "позиция оснащения убрана",
    "form.added": "форма внесена в реестр",
    "form.changed": "карточка формы поправлена",
    "form.returned": "форма возвращена заполненной",
    "form.taken": "форма взята школой",
    "form.version_added": "внесена новая версия формы",
    "form.withdrawn": "форма выведена из реестра",
    "mark.confirmed": "загрузка в ИС МЭДК подтверждена",
    "mark.loaded": "отмечена загрузка в ИС МЭДК",
    "mark.none": "отметка ИС МЭДК снята",
    "mark.returned": "в ИС МЭДК вернулось с вопросом",
    "municipality.added": "муниципалитет внесён",
    "municipality.changed": "сведения о муниципалитете поправлены",
    "outcomes.loaded": "внесены результаты школы",
    "participation.changed": "участие школы поправлено",
    "participation.closed": "школа выбыла из проекта",
    "participation.opened": "школа вошла в проект",
    "participation.reopened": "школа вернулась в проект",
    "job.tried_again": "задание отправлено на повтор",
    "person.added": "человек внесён",
    "person.changed": "сведения о человеке поправлены",
    "person.competences": "указано, с какими рисками школ работает человек",
    "person.consent_withdrawn": "согласие на показ имени отозвано",
    "person.consented": "дано согласие на показ имени",
    "person.data_given": "выданы все данные человека",
    "person.erased": "данные человека удалены",
    "person.invited": "приглашение отправлено",
    "person.password_set": "задан пароль",
    "person.second_step_dropped": "второй шаг входа снят",
    "person.second_step_off": "второй шаг входа выключен",
    "person.second_step_on": "второй шаг входа включён",
    "person.signed_out_everywhere": "выполнен выход на всех устройствах",
    "programme.loaded": "программа загружена",
    "programme.made_from": "сделана программа следующего года из прежней",
    "questionnaire.added": "форма заведена",
    "questionnaire.restored": "форма снова используется",
    "questionnaire.retired": "форма больше не используется",
    "questionnaire.version_added": "внесена новая версия формы",
    "examination.assigned": "документ поручен эксперту",
    "examination.declined": "эксперт не может рассматривать",
    "examination.handed_in": "рассмотрение сдано",
    "examination.saved": "рассмотрение сохранено",
    "examination.taken_off": "поручение эксперту снято",
    "round.changed": "экспертиза поправлена",
    "round.criteria_set": "указаны критерии экспертизы",
    "round.drawn": "выборка сделана",
    "round.experts_assigned": "документы поручены экспертам",
    "round.finished": "экспертиза завершена",
    "round.made": "экспертиза заведена",
    "round.settled": "рассмотрение документов закончено",
    "sampled.returned": "документ возвращён на доработку по экспертизе",
    "sampled.reworked": "документ доработан, ждёт второго просмотра",
    "sampled.settled": "документ выборки рассмотрен",
    "region.added": "регион внесён",
    "region.changed": "учреждение координатора региона поправлено",
    "report.frozen": "выпуск отчёта зафиксирован",
    "report.published": "выпуск отчёта региона размещён",
    "report.taken_down": "выпуск отчёта региона снят с размещения",
    "report.words_written": "написаны слова к отчёту",
    "risks.changed": "профиль школы изменён",
    "risks.verification_fell": "подтверждение выбора снято: профиль изменился",
    "risks.verified": "выбор школы подтверждён",
    "roadmap.adopted": "дорожная карта принята",
    "roadmap.amended": "дорожная карта изменена приказом",
    "roadmap.promised": "пунктам назначены показатели",
    "answer.accepted": "ответ принят",
    "answer.called_back": "приём ответа отозван",
    "answer.extended": "срок ответа продлён",
    "answer.nothing_confirmed": "подтверждено, что сообщать нечего",
    "answer.returned": "ответ вернулся с вопросом",
    "answer.nothing": "сообщено, что сообщать нечего",
    "answer.opened": "форма открыта",
    "answer.submitted": "ответ сдан",
    "collection.closed": "сбор закрыт",
    "collection.followed": "список тех, кто отвечает, обновлён",
    "collection.made": "сбор заведён",
    "collection.reminded": "напомнили об ответе",
    "collection.reopened": "сбор снова открыт",
    "survey.loaded": "внесены результаты опроса",
    "survey.loaded_again": "результаты опроса заменены",
    "school.added": "школа внесена",
    "school.changed": "сведения о школе поправлены",
    "calendar.closed": "лента календаря закрыта",
    "calendar.opened": "открыта лента календаря",
    "calendar.renewed": "адрес ленты календаря сменён",
    "template.replaced": "шаблон документа заменён своим",
    "template.withdrawn": "свой шаблон документа больше не используется",
    "visit.agreed": "школа подтвердила посещение",
    "visit.approved": "отчёт о посещении принят",
    "visit.called_back": "приём отчёта о посещении отозван",
    "visit.cancelled": "посещение отменено",
    "visit.day_kept": "день посещения оставлен прежним",
    "visit.day_proposed": "школа предложила другой день посещения",
    "visit.form_told": "сказано, как прошло посещение",
    "visit.handed_over": "посещение передано другому куратору",
    "visit.held": "посещение состоялось",
    "visit.moved": "посещение перенесено",
    "visit.paper_added": "к листу приложен снимок",
    "visit.planned": "посещение намечено",
    "visit.reported": "отчёт о посещении сдан",
    "visit.returned": "отчёт о посещении вернулся с вопросом",
    "visit.sheet_saved": "лист посещения сохранён",
    "visit.step_added": "записана договорённость",
    "visit.step_changed": "договорённость поправлена",
    "visit.step_closed": "договорённость выполнена",
    "visit.step_removed": "договорённость убрана",
    "visit.step_reopened": "договорённость снова открыта",
    "visit.step_told": "школа сообщила, что договорённость выполнена",
    "word.confirmed": "выполнение подтверждено",
    "word.given": "записано, что сделано",
    "word.withdrawn": "запись о сделанном отозвана",
    "work.changed": "программа школы поправлена",
    "work.confirmation_withdrawn": "подтверждение меры отозвано",
    "work.measure_confirmed": "мера подтверждена куратором",
    "work.measure_done": "мера выполнена школой",
    "work.measure_reopened": "отметка о выполнении меры снята",
    "work.written": "программа школы написана",
}
# Facts worth telling, the first that is there.
_TOLD: Final = ("person", "school", "question", "reason", "words", "file", "order_number")
_MOST_LETTERS: Final = 160


def words_of(verb: str, facts: str | Mapping[str, Any] = "{}") -> str:
    """«назначен ответственный: Иванова Анна Петровна, с 01.09.2022»; `facts` as they are stored, JSON."""
    known = json.loads(facts) if isinstance(facts, str) else facts
    words = WORDS[verb]
    told = next((known[name] for name in _TOLD if isinstance(known.get(name), str) and known[name]), "")
    if told:
        cut = told if len(told) <= _MOST_LETTERS else f"{told[: _MOST_LETTERS - 1].rstrip()}…"
        words += f": {cut}"
    return words + _days_of(known) + _mark_of(known)


def _mark_of(facts: Mapping[str, Any]) -> str:
    """«, внесено 01.12.2026» where a deed was written later than it was done."""
    day = facts.get("entered_on")
    return f", внесено {date.fromisoformat(day[:10]):%d.%m.%Y}" if isinstance(day, str) and day else ""


def _days_of(facts: Mapping[str, Any]) -> str:
    for name, before in (("on", ""), ("since", "с "), ("until", "по "), ("as_of", "на ")):
        day = facts.get(name)
        if isinstance(day, str) and day:
            return f", {before}{date.fromisoformat(day[:10]):%d.%m.%Y}"
    return ""
