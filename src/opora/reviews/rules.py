"""What the deeds of this room share: rows held for writing, and the state of a round they ask for."""

from __future__ import annotations

from opora.core.refusal import Refused
from opora.core.russian import day_words
from opora.reviews.models import Examination, Round, Sampled


def held_round(review: Round) -> Round:
    """The round read again under a lock."""
    return (
        Round.objects.select_for_update(of=("self",))
        .select_related("municipality", "region", "programme", "stage")
        .get(pk=review.pk)
    )


def held_sampled(sampled: Sampled) -> Sampled:
    """The document of a sample read again under a lock. Refused when its round is finished or it is settled."""
    row = (
        Sampled.objects.select_for_update(of=("self",))
        .select_related("round", "document__school", "version")
        .get(pk=sampled.pk)
    )
    refuse_finished(row.round)
    if row.settled_on is not None:
        raise Refused(f"Документ рассмотрен {day_words(row.settled_on)}: менять уже нечего.")
    return row


def held_examination(examination: Examination) -> Examination:
    """The examination read again under a lock. Refused when it is handed in, declined, or its round is finished."""
    row = (
        Examination.objects.select_for_update(of=("self",))
        .select_related("sampled__round", "sampled__document", "expert")
        .get(pk=examination.pk)
    )
    refuse_finished(row.sampled.round)
    if row.finished_on is not None:
        raise Refused(f"Рассмотрение сдано {day_words(row.finished_on)}: менять его нельзя.", status=409)
    if row.declined_on is not None:
        raise Refused(
            "Вы сообщили, что не можете рассматривать этот документ: его поручат другому.", status=409
        )
    return row


def refuse_finished(review: Round) -> None:
    """Refused when the round is finished."""
    if review.finished_on is not None:
        raise Refused(f"Экспертиза завершена {day_words(review.finished_on)}: менять в ней нечего.")


def refuse_undrawn(review: Round) -> None:
    """Refused when the sample is not drawn yet."""
    if review.drawn_on is None:
        raise Refused("Сначала сделайте выборку: документов в экспертизе пока нет.")
