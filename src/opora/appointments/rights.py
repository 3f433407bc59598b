"""The only table of rights: which duty may do what. Shown to the coordinator and in the guide as it stands."""

from __future__ import annotations

from opora.appointments.models import Duty

PERMISSIONS: dict[str, str] = {
    "plans.see": "видеть дорожную карту и её пункты",
    "plans.edit": "загружать приказ, править карту, назначать ответственных",
    "appointments.see": "видеть, кто куда назначен",
    "appointments.edit": "назначать и освобождать",
    "people.edit": "заводить людей и приглашать их",
    "schools.see": "видеть школы",
    "schools.edit": "вносить школы и их участие",
    "programmes.edit": "заводить программу следующего года",
    "risks.see": "видеть рисковые профили школ",
    "risks.choose": "выбирать риски школы, вести антирисковые программы",
    "risks.verify": "проверять выбор рисков и подтверждать меры",
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
    "reports.see": "собирать отчёты",
    "reports.freeze": "фиксировать отчёты",
    "history.see": "видеть историю",
}

_EVERYBODY = ("plans.see", "schools.see", "risks.see", "visits.see", "documents.see")
_COORDINATOR = tuple(PERMISSIONS)

RIGHTS: dict[str, tuple[str, ...]] = {
    Duty.REGIONAL_COORDINATOR: (
        *_EVERYBODY,
        "appointments.see",
        "curators.see",
        "reports.see",
        "history.see",
    ),
    Duty.MUNICIPAL_COORDINATOR: _COORDINATOR,
    Duty.HEAD: (
        *_EVERYBODY,
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
        "appointments.see",
        "risks.verify",
        "visits.plan",
        "visits.hold",
        "documents.add",
    ),
    Duty.SCHOOL_COORDINATOR: (*_EVERYBODY, "risks.choose", "visits.agree", "documents.add"),
    Duty.EXPERT: _EVERYBODY,
}


def permissions_of(duties: set[str]) -> frozenset[str]:
    """Everything that a set of duties may do."""
    return frozenset(permission for duty in duties for permission in RIGHTS[duty])
