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
    "documents.see": "видеть документы",
    "documents.add": "вносить документы и подтверждения",
    "documents.approve": "согласовывать и возвращать с вопросом",
    "documents.publish": "размещать и снимать с размещения",
    "reports.see": "собирать отчёты",
    "reports.freeze": "фиксировать отчёты",
    "history.see": "видеть историю",
}

_EVERYBODY = ("plans.see", "schools.see", "documents.see")
_COORDINATOR = tuple(PERMISSIONS)

RIGHTS: dict[str, tuple[str, ...]] = {
    Duty.REGIONAL_COORDINATOR: (*_EVERYBODY, "appointments.see", "reports.see", "history.see"),
    Duty.MUNICIPAL_COORDINATOR: _COORDINATOR,
    Duty.HEAD: (
        *_EVERYBODY,
        "appointments.see",
        "documents.approve",
        "documents.publish",
        "reports.see",
        "reports.freeze",
        "history.see",
    ),
    Duty.CURATOR: (*_EVERYBODY, "appointments.see", "documents.add"),
    Duty.SCHOOL_COORDINATOR: (*_EVERYBODY, "documents.add"),
    Duty.EXPERT: _EVERYBODY,
}


def permissions_of(duties: set[str]) -> frozenset[str]:
    """Everything that a set of duties may do."""
    return frozenset(permission for duty in duties for permission in RIGHTS[duty])
