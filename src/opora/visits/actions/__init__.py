"""Everything that writes in this room: the plan of visits, what took place, its report, the steps agreed there."""

from opora.documents.rules import SentTwice
from opora.visits.actions.accepting import (
    approve_many,
    approve_report,
    call_back_report,
    publish_report,
    return_report,
    take_down_named,
)
from opora.visits.actions.holding import SheetConflict, hold_visit, save_sheet
from opora.visits.actions.moving import (
    agree,
    cancel_many,
    cancel_visit,
    hand_over,
    keep_day,
    move_many,
    move_visit,
    propose_day,
)
from opora.visits.actions.papers import add_paper
from opora.visits.actions.planning import Wish, plan_many, plan_visit
from opora.visits.actions.reporting import approve_visit, call_back, report_visit, return_visit
from opora.visits.actions.stage_reports import (
    WordsConflict,
    begin_report,
    hand_in,
    save_words,
    send_report,
)
from opora.visits.actions.steps import add_step, change_step, close_step, remove_step, reopen_step, tell_step
from opora.visits.actions.submitting import submit_sheet

__all__ = [
    "SentTwice",
    "SheetConflict",
    "Wish",
    "WordsConflict",
    "add_paper",
    "add_step",
    "agree",
    "approve_many",
    "approve_report",
    "approve_visit",
    "begin_report",
    "call_back",
    "call_back_report",
    "cancel_many",
    "cancel_visit",
    "change_step",
    "close_step",
    "hand_in",
    "hand_over",
    "hold_visit",
    "keep_day",
    "move_many",
    "move_visit",
    "plan_many",
    "plan_visit",
    "propose_day",
    "publish_report",
    "remove_step",
    "reopen_step",
    "report_visit",
    "return_report",
    "return_visit",
    "save_sheet",
    "save_words",
    "send_report",
    "submit_sheet",
    "take_down_named",
    "tell_step",
]
