"""Everything that writes in this room: rounds and criteria, the draw, experts, examinations, what comes after."""

from opora.reviews.actions.draws import ask_expert, assign_experts, draw_sample, take_off
from opora.reviews.actions.examining import Told, decline, hand_in, save_draft
from opora.reviews.actions.returning import mark_reworked, return_for_rework, settle
from opora.reviews.actions.rounds import RoundTold, change_round, finish_round, make_round, set_criteria

__all__ = [
    "RoundTold",
    "Told",
    "ask_expert",
    "assign_experts",
    "change_round",
    "decline",
    "draw_sample",
    "finish_round",
    "hand_in",
    "make_round",
    "mark_reworked",
    "return_for_rework",
    "save_draft",
    "set_criteria",
    "settle",
    "take_off",
]
