"""Furnishes a draft that is being discussed, in two versions, and publications on other sites with a look at them."""

from __future__ import annotations

from opora.demo import story_of_advice as story
from opora.demo.moments import at
from opora.demo.paper_of import paper_of
from opora.demo.players import Troupe
from opora.documents.actions import add_document, add_version, publish
from opora.documents.actions.checks import note_seen
from opora.documents.actions.discussions import add_comment, open_discussion, settle_comment
from opora.documents.models import Comment, Document, Publication
from opora.plans.models import Activity, Roadmap

NAME = "Рекомендации о разговоре с родителями.docx"


def discuss_advice(troupe: Troupe, line: Activity) -> None:
    """A draft is opened for proposals; after the first of them comes its second version."""
    by, day = troupe.person("second"), story.WRITTEN_ON
    document = add_document(
        municipality=line.roadmap.municipality,
        title=story.TITLE,
        dated_on=day,
        number=story.NUMBER,
        content=paper_of(story.TITLE, *story.VERSIONS[0]),
        file_name=NAME,
        kind=line.roadmap.programme.document_kinds.get(code="recommendations"),
        activity=line,
        by=by,
        at=at(day, 12),
        on=day,
    )
    open_discussion(document=document, until=story.UNTIL, by=by, at=at(story.OPENED_ON))
    early, late = (
        [one for one in story.PROPOSALS if (one.on >= story.RENEWED_ON) == is_late]
        for is_late in (False, True)
    )
    for told in early:
        _propose(troupe, document, told)
    content = paper_of(story.TITLE, *story.VERSIONS[1])
    add_version(document=document, content=content, file_name=NAME, by=by, at=at(story.RENEWED_ON, 12))
    for told in late:
        _propose(troupe, document, told)


def _propose(troupe: Troupe, document: Document, told: story.Proposal) -> None:
    comment = add_comment(
        document=document,
        version=document.versions.latest("number"),
        place=told.place,
        words=told.words,
        by=troupe.person(told.by),
        at=at(told.on, 16),
    )
    if told.settled is not None:
        settle_comment(
            comment=comment,
            outcome=Comment.Outcome.TAKEN,
            answer=told.answer,
            by=troupe.person("second"),
            at=at(told.settled, 11),
        )


def publish_elsewhere(troupe: Troupe, plan: Roadmap) -> None:
    """Approved papers are put on other sites, and a person looks whether they stand there."""
    for told in story.ELSEWHERE:
        papers = Document.objects.filter(activity__roadmap=plan, activity__number=told.line, school=None)
        publication = publish(
            document=papers.get(approved_on__isnull=False),
            where=Publication.Where.ELSEWHERE,
            address=told.address,
            on=told.on,
            by=troupe.person("coordinator"),
            at=at(told.on, 15),
        )
        by, seen = troupe.person("second"), at(told.seen, 10)
        note_seen(publication=publication, outcome=told.outcome, words=told.words, by=by, at=seen)
