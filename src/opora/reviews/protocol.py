"""The protocol of a draw: who drew it, when, from what, by which seed, the list, and who examines; a frozen value.

It names people and stays inside of the centre.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from opora.core.refusal import Refused
from opora.core.russian import counted, day_short, day_words
from opora.reviews.drawing import error_of
from opora.reviews.models import Examination, Round
from opora.reviews.population import Preview, strata_kept


@dataclass(frozen=True, slots=True)
class Protocol:
    """Everything that stands on the paper, as words."""

    title: str
    place: str
    centre: str
    day: str
    basis: str
    method: tuple[str, ...]
    strata: tuple[tuple[str, str, str], ...]
    documents: tuple[tuple[str, str, str, str, str], ...]
    experts: tuple[tuple[str, str, str], ...]
    signer: str
    signer_post: str


PROPORTION = (
    "Документы поделены между слоями пропорционально (метод наибольших остатков), из каждого непустого слоя "
    "не меньше одного, если позволяет объём."
)
ORDER = (
    "Порядок внутри слоя — по возрастанию SHA-256 от строки «зерно:номер записи документа»; по тому же зерну "
    "и тем же документам выборка повторяется на любой машине."
)
STRATA_TITLES = ("Слой", "Документов", "В выборке")
DOCUMENT_TITLES = ("№", "Документ", "Школа", "Слой", "Эксперты")
EXPERT_TITLES = ("Эксперт", "Должность, место работы", "Документов")


def protocol_of(review: Round, as_of: date) -> Protocol:
    """The protocol of a drawn round as of a day. Three queries. Refused when nothing is drawn by the day."""
    if review.drawn_on is None or review.drawn_on > as_of:
        raise Refused("Протокол появится, когда будет сделана выборка.")
    sampled = list(review.sampled.select_related("document__school").order_by("position"))
    experts = list(
        Examination.objects.filter(sampled__round=review, assigned_on__lte=as_of, declined_on=None, look=1)
        .select_related("expert")
        .order_by("expert__folded_name", "expert", "pk")
    )
    of: defaultdict[int, list[str]] = defaultdict(list)
    loads: dict[int, list[Examination]] = {}
    for one in experts:
        of[one.sampled_id].append(one.expert.short_name)
        loads.setdefault(one.expert_id, []).append(one)
    drawn_by = review.drawn_by
    town = review.municipality
    return Protocol(
        title="Протокол выборки документов для экспертизы",
        place=town.name if town else str(review.region),
        centre=town.centre_name if town else (review.region.coordinator_name if review.region else ""),
        day=day_words(review.drawn_on),
        basis=_basis(review),
        method=_method(review, len(sampled)),
        strata=tuple((one.label, str(one.count), str(one.taken)) for one in strata_kept(review)),
        documents=tuple(
            (
                str(one.position),
                _told(one.document.title, one.document.number, one.document.dated_on, one.document_id),
                one.document.school.short_name if one.document.school else "—",
                one.stratum,
                ", ".join(of[one.pk]) or "—",
            )
            for one in sampled
        ),
        experts=tuple(
            (
                rows[0].expert.full_name,
                ", ".join(part for part in (rows[0].expert.post, rows[0].expert.workplace) if part) or "—",
                str(len(rows)),
            )
            for rows in loads.values()
        ),
        signer=drawn_by.short_name if drawn_by else "",
        signer_post=(drawn_by.post if drawn_by else "") or "Координатор",
    )


def _told(title: str, number: str, dated_on: date, key: int) -> str:
    of = f" № {number}" if number else ""
    return f"{title}{of} от {day_short(dated_on)} (запись {key})"


def _basis(review: Round) -> str:
    kinds = ", ".join(f"«{kind}»" for kind in review.kinds.all())
    stage = "весь год программы"
    if review.stage:
        term = f"с {day_short(review.stage.starts_on)} по {day_short(review.stage.ends_on)}"
        stage = f"{review.stage}, {term}"
    line = f" Пункт дорожной карты: {review.activity.number}." if review.activity else ""
    return f"Экспертиза: {review.title}. {review.programme}. Виды документов: {kinds}. Этап: {stage}.{line}"


def _method(review: Round, size: int) -> tuple[str, ...]:
    population = review.population
    meaning = Preview((), tuple(range(size)), population, error_of(population, size)).meaning
    took = counted(size, "документ", "документа", "документов")
    return (
        f"Документов, утверждённых или отправленных на согласование ко дню выборки: {population}. Отобрано: {took}.",
        f"{meaning} Считается по наибольшей возможной изменчивости с поправкой на конечную совокупность.",
        PROPORTION,
        f"Зерно: {review.seed}. {ORDER}",
    )
