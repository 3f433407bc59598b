"""Makes the demonstration: every record is made by the same deeds that people do on pages, on the days of the story."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from opora.accounts.actions import add_person, set_password
from opora.accounts.models import User
from opora.appointments.actions import Wish, appoint, appoint_many, replace
from opora.appointments.models import Appointment, Duty
from opora.demo import cast, story, story_of_schools
from opora.demo.asking import Facts
from opora.demo.moments import at
from opora.demo.paper_of import paper_of
from opora.demo.paperwork import do_first_stage, do_second_stage
from opora.demo.players import Troupe
from opora.demo.schooling import choose_risks, visit_schools
from opora.demo.story_of_work import REPORT_LINE
from opora.demo.working import load_results, mark_competent, report_first_stage, work_on_risks
from opora.documents.actions import add_document, approve, attest, confirm, publish, send_for_approval
from opora.imports import actions as drafts
from opora.imports.differences import differences, key_of
from opora.imports.reading import read_in_child
from opora.imports.remarks import remarks_of
from opora.indicators.actions import take_readings
from opora.indicators.queries import standings
from opora.plans.actions import assign_responsible
from opora.plans.models import Activity, Roadmap
from opora.programmes.actions import load_pack
from opora.programmes.models import Programme
from opora.reports.actions import freeze, publish_issue, write_words
from opora.schools.actions import add_municipality, add_region, add_school, take_part
from opora.schools.models import Municipality, School
from opora.visits.actions.accepting import Papers

ORDER = Path(__file__).resolve().parent / "order-04-06-06-2.docx"
ORDER_NAME = "Приказ 04-06_06-2.docx"
# What the coordinator of the story decided about the remarks; the others stay as in the order.
DECIDED = {"number_missing": "number", "text_cut": "complete", "term_is_permanent": "permanent"}


def furnish(papers: Papers, facts: Facts) -> Roadmap:
    """Make everything, in one transaction: a broken-off furnishing leaves an empty base, not half a town.

    `papers` makes the files of curators' reports, `facts` tells what is known of whoever answers.
    """
    with transaction.atomic():
        troupe, programme, place = _people_and_places()
        plan = _adopt(troupe, programme, place)
        _name_leaders(troupe, plan)
        mark_competent(troupe, programme)
        _appoint(troupe, programme, place)
        choose_risks(troupe, programme)
        work_on_risks(troupe, programme)
        visit_schools(troupe, programme, story_of_schools.FIRST)
        do_first_stage(troupe, plan, facts)
        report_first_stage(troupe, programme, plan.activities.get(number=REPORT_LINE), papers)
        _live_through(troupe, plan)
        visit_schools(troupe, programme, story_of_schools.SECOND)
        load_results(troupe, place)
        _move_a_line(troupe, plan)
        do_second_stage(troupe, plan, facts)
        _read_months(plan)
        return plan


def _people_and_places() -> tuple[Troupe, Programme, Municipality]:
    beginning = at(story.d("01.12.2021"))
    region = add_region(name=cast.REGION, coordinator_name=cast.REGION_COORDINATOR, by=None, at=beginning)
    place = add_municipality(
        region=region,
        name=cast.MUNICIPALITY,
        centre_name=cast.CENTRE,
        centre_short_name=cast.CENTRE_SHORT,
        centre_address=cast.ADDRESS,
        place=cast.PLACE,
        head_post=cast.HEAD_POST,
        head_name=cast.HEAD.full_name,
        is_fictional=True,
        by=None,
        at=beginning,
    )
    people = {player.key: _enter(player, beginning) for player in cast.EVERYBODY}
    programme = load_pack(name="500plus-2022", by=None, at=beginning)
    load_pack(name="school-of-ministry-2023", by=None, at=beginning)
    schools = {number: _school(place, programme, number, beginning) for number in cast.SCHOOLS}
    return Troupe(people, schools), programme, place


def _enter(player: cast.Player, moment: datetime) -> User:
    return add_person(
        last_name=player.last,
        first_name=player.first,
        middle_name=player.middle,
        email=player.mail,
        post=player.post,
        workplace=player.workplace,
        by=None,
        at=moment,
    )


def _school(place: Municipality, programme: Programme, number: int, moment: datetime) -> School:
    school = add_school(
        municipality=place,
        name=cast.school_full_name(number),
        short_name=cast.school_name(number),
        number=number,
        site=f"https://school{number}.example",
        is_fictional=True,
        by=None,
        at=moment,
    )
    kind = "both" if number % 3 == 0 else "low_results"
    take_part(school=school, programme=programme, kind=kind, since=moment.date(), by=None, at=moment)
    return school


def _adopt(troupe: Troupe, programme: Programme, place: Municipality) -> Roadmap:
    moment = at(story.d("28.02.2022"), 9)
    by = troupe.person("coordinator")
    content = ORDER.read_bytes()
    draft = drafts.make_draft(
        municipality=place,
        programme=programme,
        read=read_in_child(content, ORDER_NAME, year=None),
        data=content,
        kind="docx",
        file_name=ORDER_NAME,
        by=by,
        at=moment,
    )
    for remark in remarks_of(draft.content, draft.original, draft.decided):
        choices = dict(remark.choices)
        if not remark.is_decided and choices:
            wanted = DECIDED.get(remark.code, "keep")
            draft = drafts.decide(
                draft=draft,
                remark=remark.key,
                choice=wanted if wanted in choices else "keep",
                by=by,
                at=moment,
            )
    return drafts.adopt_draft(draft=draft, version=draft.version, by=by, at=moment)


def _name_leaders(troupe: Troupe, plan: Roadmap) -> None:
    day = story.d("01.03.2022")
    for section, leader in story.LEADERS.items():
        assign_responsible(
            activities=Activity.objects.filter(roadmap=plan, section__number=section),
            person=troupe.person(leader),
            since=day,
            by=troupe.person("coordinator"),
            at=at(day),
        )


def _appoint(troupe: Troupe, programme: Programme, place: Municipality) -> None:
    first = story.d("20.12.2021")
    for key, duty in (
        ("coordinator", Duty.MUNICIPAL_COORDINATOR),
        ("second", Duty.MUNICIPAL_COORDINATOR),
        ("head", Duty.HEAD),
        ("regional", Duty.REGIONAL_COORDINATOR),
    ):
        appoint(
            person=troupe.person(key),
            duty=duty,
            programme=programme,
            place=place.region if duty == Duty.REGIONAL_COORDINATOR else place,
            since=first,
            order_number="04-06/98",
            order_date=first,
            by=None,
            at=at(first),
        )
    by = troupe.person("coordinator")
    at_schools = [
        Wish(troupe.person(f"school{number}"), Duty.SCHOOL_COORDINATOR, troupe.school(number))
        for number in cast.SCHOOLS
    ]
    appoint_many(
        wishes=at_schools,
        programme=programme,
        since=first,
        order_number="04-06/99",
        order_date=first,
        by=by,
        at=at(first),
    )
    second = story.d("10.02.2022")
    curators = [
        Wish(troupe.person(key), Duty.CURATOR, troupe.school(number))
        for number, key in story.CURATED_FIRST.items()
    ]
    appoint_many(
        wishes=curators,
        programme=programme,
        since=second,
        order_number="04-06/04",
        order_date=second,
        by=by,
        at=at(second),
    )
    replace(
        appointment=Appointment.objects.get(school=troupe.school(108), duty=Duty.CURATOR, until__isnull=True),
        person=troupe.person("kezhaev"),
        since=story.REPLACED_ON,
        reason="перевод на другую работу",
        order_number="04-06/51",
        order_date=story.REPLACED_ON,
        by=by,
        at=at(story.REPLACED_ON),
    )


def _live_through(troupe: Troupe, plan: Roadmap) -> None:
    """Papers and words in the order of their days; the interim report is frozen on its day."""
    lines = {line.number: line for line in plan.activities.select_related("roadmap__municipality", "section")}
    deeds: list[tuple[date, story.Paper | story.Said]] = [(paper.dated, paper) for paper in story.PAPERS]
    deeds += [(said.on, said) for said in story.WORDS]
    for _, deed in sorted((one for one in deeds if one[0] <= story.INTERIM_ON), key=lambda one: one[0]):
        _do(deed, lines[deed.line], troupe)
    _report(troupe, plan, lines["1.5"])
    for _, deed in sorted((one for one in deeds if one[0] > story.INTERIM_ON), key=lambda one: one[0]):
        _do(deed, lines[deed.line], troupe)
    write_words(
        activity=lines["1.7"],
        words="В школе № 108 сменился куратор, посещение назначено на 27 сентября; школа № 105 подтвердит до 20 сентября",
        by=troupe.person("coordinator"),
        at=at(story.d("14.09.2022"), 17),
    )


def _do(deed: story.Paper | story.Said, line: Activity, troupe: Troupe) -> None:
    if isinstance(deed, story.Paper):
        _write(deed, line, troupe)
        return
    word = attest(
        activity=line,
        words=deed.words,
        happened_on=deed.on,
        school=troupe.school(deed.school) if deed.school else None,
        by=troupe.person(f"school{deed.school}" if deed.school else deed.by),
        at=at(deed.on, 15),
    )
    if deed.confirmed:
        confirm(
            attestation=word, on=deed.confirmed, by=troupe.person("coordinator"), at=at(deed.confirmed, 16)
        )


def _write(paper: story.Paper, line: Activity, troupe: Troupe) -> None:
    by = troupe.person(paper.curator or "second")
    document = add_document(
        municipality=line.roadmap.municipality,
        title=paper.title,
        dated_on=paper.dated,
        number=paper.number,
        content=paper_of(paper.title, f"К пункту {line.number}: {line.text}", f"от {paper.dated:%d.%m.%Y}"),
        file_name=f"{paper.title[:80]}.docx",
        kind=line.roadmap.programme.document_kinds.filter(code=paper.kind).first(),
        activity=line,
        school=troupe.school(paper.school) if paper.school else None,
        curator=troupe.person(paper.curator) if paper.curator else None,
        by=by,
        at=at(paper.dated, 12),
        on=paper.dated,
    )
    if paper.sent:
        send_for_approval(document=document, on=paper.sent, by=by, at=at(paper.sent, 16))
    if paper.approved:
        approve(document=document, on=paper.approved, by=troupe.person("head"), at=at(paper.approved, 11))
    if paper.published:
        publish(
            document=document,
            where="portal",
            on=paper.published,
            by=troupe.person("coordinator"),
            at=at(paper.published, 14),
        )


def _report(troupe: Troupe, plan: Roadmap, line: Activity) -> None:
    day = story.INTERIM_ON
    by = troupe.person("coordinator")
    issue = freeze(
        roadmap=plan,
        since=plan.programme.starts_on,
        as_of=day,
        stretch="interim",
        line=line,
        on=day,
        by=by,
        at=at(day, 17),
    )
    publish_issue(issue=issue, on=day, by=by, at=at(day, 18))


def _move_a_line(troupe: Troupe, plan: Roadmap) -> None:
    """A later order moves one term, so that the difference and its order are there to be seen."""
    moved = plan.activities.select_related("section").get(number=story.MOVED_LINE)
    by, day = troupe.person("coordinator"), story.AMENDMENT_ON
    words = "\t".join((moved.number, moved.text, story.MOVED_TERM, moved.promise))
    text = (
        f"ПРИКАЗ\nот {day:%d.%m.%Y} № {story.AMENDMENT_NUMBER}\n\n"
        "О внесении изменений в «Дорожную карту» на 2022 год\n\n"
        f"№ п/п\tОписание действий\tДата реализации\tПоказатель реализации\n{words}\n"
    )
    content = text.encode()
    name = "Приказ 04-06_63 об изменениях.txt"
    draft = drafts.make_draft(
        municipality=plan.municipality,
        programme=plan.programme,
        amends=plan,
        read=read_in_child(content, name, year=plan.year),
        data=content,
        kind="txt",
        file_name=name,
        by=by,
        at=at(day, 9),
    )
    accepted = {key_of(pair, "moved") for pair in differences(draft.content, plan) if "moved" in pair.what}
    drafts.accept_amendment(draft=draft, version=draft.version, accepted=accepted, by=by, at=at(day, 10))


def _read_months(plan: Roadmap) -> None:
    months = [date(2021 + (number - 1) // 12, (number - 1) % 12 + 1, 1) for number in range(13, 22)]
    for day in (*months, story.STANDS_ON):
        take_readings(states=standings([plan], day)[plan.pk], on=day)


def open_doors(accounts: Path) -> list[tuple[str, str, str]]:
    """Give everybody with a mail a password of their own and keep the list in the data folder.

    Returns (post, mail, password). Doing it again changes nothing: the passwords that people were told go on working.
    """
    if not accounts.exists():
        rows = []
        for person in User.objects.exclude(email=None).order_by("pk"):
            password = "-".join(secrets.choice(WORDS) for _ in range(4))
            set_password(person=person, password=password, by=None, at=at(story.STANDS_ON))
            rows.append(f"{person.post}, {person.short_name}\t{person.email}\t{password}")
        accounts.write_text("\n".join(rows) + "\n", encoding="utf-8")
        accounts.chmod(0o600)
    kept = accounts.read_text(encoding="utf-8").splitlines()
    return [(row[0], row[1], row[2]) for row in (line.split("\t") for line in kept) if len(row) == 3]


WORDS = (
    "bereza", "doroga", "okno", "klyuch", "parus", "ozero", "tetrad", "zvonok", "sadik", "veter", "most", "lampa",
    "yagoda", "kniga", "karta", "ulitsa", "pole", "reka", "osina", "gorod", "shkola", "polka", "svecha", "kolos",
)  # fmt: skip
