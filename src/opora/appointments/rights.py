"""The only table of rights: which duty may do what. Shown to the coordinator and in the guide as it stands."""

from __future__ import annotations

from opora.appointments.models import Duty
from opora.programmes.factor_words import FactorWords

# `{all}` is the programme's own word for its factors: риски, направления.
PERMISSIONS: dict[str, str] = {
    "plans.see": "видеть дорожную карту и её пункты",
    "plans.edit": "загружать приказ, править карту, назначать ответственных",
    "appointments.see": "видеть, кто куда назначен",
    "appointments.edit": "назначать и освобождать",
    "people.edit": "заводить людей и приглашать их",
    "people.data": "выдавать и удалять данные человека по его просьбе",
    "files.refused": "видеть, какие файлы не приняты и от кого",
    "schools.see": "видеть школы",
    "schools.edit": "вносить школы и их участие, муниципалитеты своего региона",
    "outcomes.load": "загружать результаты ВПР и ОГЭ своих школ",
    "programmes.edit": "заводить программу следующего года, если муниципалитетов несколько — только от региона",
    "risks.see": "видеть профили школ и их {all}",
    "risks.choose": "выбирать {all} школы, вести программы по ним",
    "risks.verify": "проверять, какие {all} выбрала школа, и подтверждать меры",
    "visits.see": "видеть посещения",
    "visits.plan": "намечать и переносить посещения",
    "visits.agree": "подтверждать посещение от школы, предлагать другой день",
    "visits.hold": "вести лист посещения и сдавать отчёты куратора",
    "visits.approve": "принимать отчёты о посещениях и отчёты кураторов",
    "curators.see": "видеть, кому из кураторов нужна помощь",
    "documents.see": "видеть документы",
    "documents.add": "вносить документы и подтверждения",
    "documents.approve": "согласовывать и возвращать с вопросом",
    "documents.publish": "размещать и снимать с размещения",
    "documents.comment": "предлагать правки к проектам документов",
    "marks.see": "видеть отметки ИС МЭДК и положенные документы школ",
    "marks.load": "отмечать загрузку документов школы в ИС МЭДК",
    "marks.confirm": "подтверждать загрузку или возвращать с вопросом",
    "forms.see": "видеть реестр форм ({all} школ)",
    "forms.edit": "вести реестр форм ({all} школ)",
    "forms.take": "брать и возвращать формы школы",
    "equipment.see": "видеть оснащение школ",
    "equipment.edit": "вносить оснащение школ",
    "collections.see": "видеть сборы и их результаты",
    "collections.edit": "заводить формы и сборы, принимать ответы",
    "collections.answer": "отвечать в сборах",
    "reviews.see": "видеть экспертизы и их результаты",
    "reviews.edit": "проводить экспертизы: выборка, эксперты, возврат на доработку",
    "reviews.examine": "рассматривать документы экспертизы",
    "reports.see": "собирать отчёты",
    "reports.freeze": "фиксировать отчёты",
    "reports.region": "собирать и фиксировать отчёты по региону",
    "templates.edit": "заменять шаблоны документов",
    "history.see": "видеть историю",
    "jobs.care": "видеть задания сервера и почту, повторять неудавшееся",
    "deeds.backdate": "вносить задним числом: утверждения, подтверждения, приём ответов, график посещений",
}

_EVERYBODY = ("plans.see", "schools.see", "risks.see", "visits.see", "documents.see", "documents.comment")
# A coordinator asks the schools and does not answer for them, never examines what was drawn, and speaks for one town.
_NOT_A_COORDINATORS = frozenset({"collections.answer", "reviews.examine", "reports.region"})
_COORDINATOR = tuple(permission for permission in PERMISSIONS if permission not in _NOT_A_COORDINATORS)
_SCHOOLS_WORK = ("marks.see", "forms.see", "equipment.see")

RIGHTS: dict[str, tuple[str, ...]] = {
    Duty.REGIONAL_COORDINATOR: (
        *_EVERYBODY,
        *_SCHOOLS_WORK,
        "schools.edit",
        "programmes.edit",
        "outcomes.load",
        "appointments.see",
        "curators.see",
        "collections.see",
        "reviews.see",
        "reviews.edit",
        "reports.see",
        "reports.region",
        "templates.edit",
        "history.see",
    ),
    Duty.MUNICIPAL_COORDINATOR: _COORDINATOR,
    Duty.HEAD: (
        *_EVERYBODY,
        *_SCHOOLS_WORK,
        "collections.see",
        "reviews.see",
        "appointments.see",
        "curators.see",
        "visits.approve",
        "documents.approve",
        "documents.publish",
        "reports.see",
        "reports.freeze",
        "history.see",
    ),
    Duty.CURATOR: (
        *_EVERYBODY,
        *_SCHOOLS_WORK,
        "marks.confirm",
        "collections.answer",
        "reviews.examine",
        "appointments.see",
        "risks.verify",
        "visits.plan",
        "visits.hold",
        "documents.add",
    ),
    Duty.SCHOOL_COORDINATOR: (
        *_EVERYBODY,
        *_SCHOOLS_WORK,
        "risks.choose",
        "outcomes.load",
        "visits.agree",
        "documents.add",
        "marks.load",
        "forms.take",
        "equipment.edit",
        "collections.answer",
    ),
    Duty.EXPERT: (*_EVERYBODY, "reviews.examine"),
}


def permissions_of(duties: set[str]) -> frozenset[str]:
    """Everything that a set of duties may do."""
    return frozenset(permission for duty in duties for permission in RIGHTS[duty])


def title_of(permission: str, words: FactorWords) -> str:
    """What a permission lets do, in the words of a programme."""
    return PERMISSIONS[permission].format(all=words.all)
