"""Whose rows are found where: the second half of the matrix, for every address that names a row.

A row of the table is read so: the address shows such a row when it is one's own, of a sibling school (of the own
town), of another town of the region. Letters are duties as in `matrix.py`; for everybody else who may enter, the row
is 404, the same as a missing one. Nobody reaches another region.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.house.matrix import ALL


class Reach(NamedTuple):
    """What the address names, and who finds it where; `sibling` is None for rows that are not of a school."""

    row: str
    own: str
    sibling: str | None = None
    town: str = ""


REACH: dict[str, Reach] = {
    # people and places
    "accounts:person": Reach("person", "M", "M"),
    "accounts:invite": Reach("person", "M", "M"),
    "accounts:drop_second_step": Reach("person", "M", "M"),
    "dashboard:requisites": Reach("municipality", "M"),
    "schools:school": Reach("school", ALL, "RMHE", "R"),
    "schools:change": Reach("school", "RM", "RM", "R"),
    "schools:take_part": Reach("school", "RM", "RM", "R"),
    "schools:leave": Reach("school", "RM", "RM", "R"),
    "schools:work": Reach("work", ALL, "RMHE", "R"),
    "schools:write_work": Reach("work", "MS", "M"),
    "schools:load_work": Reach("work", "MS", "M"),
    "schools:work_file": Reach("work", ALL, "RMHE", "R"),
    "schools:measure_done": Reach("measure", "MS", "M"),
    "schools:measure_confirm": Reach("measure", "MC", "M"),
    "schools:school_risks": Reach("school", ALL, "RMHE", "R"),
    "schools:save_risks": Reach("school", "MS", "M"),
    "schools:verify_risks": Reach("school", "MC", "M"),
    "appointments:release": Reach("appointment", "M", "M"),
    "appointments:replace": Reach("appointment", "M", "M"),
    # plans and their counting
    "plans:roadmap": Reach("roadmap", ALL, town="R"),
    "plans:line": Reach("line", ALL, town="R"),
    "plans:printed": Reach("roadmap", ALL, town="R"),
    "plans:responsible": Reach("roadmap", "M"),
    "plans:release": Reach("responsibility", "M"),
    "indicators:rule": Reach("line", "M"),
    "indicators:excuse": Reach("line", "M"),
    "indicators:excuse_end": Reach("excuse", "M", "M"),
    # orders
    "imports:review": Reach("draft", "M"),
    "imports:order": Reach("draft", "M"),
    "imports:term": Reach("draft", "M"),
    "imports:add": Reach("draft", "M"),
    "imports:line": Reach("draft line", "M"),
    "imports:remove": Reach("draft line", "M"),
    "imports:remark": Reach("draft line", "M"),
    "imports:adopt": Reach("draft", "M"),
    "imports:discard": Reach("draft", "M"),
    "imports:reopen": Reach("draft", "M"),
    "imports:original": Reach("draft", "M"),
    "imports:difference": Reach("amending draft", "M"),
    "imports:amendment": Reach("amendment", ALL, town="R"),
    # documents and words
    "documents:document": Reach("document", ALL, "RMHE", "R"),
    "documents:document_preview": Reach("document", ALL, "RMHE", "R"),
    "documents:preview_page": Reach("page of a document", ALL, "RMHE", "R"),
    "documents:document_edit": Reach("document", "MCS", "M"),
    "documents:document_send": Reach("document", "MCS", "M"),
    "documents:document_approve": Reach("document", "MH", "MH"),
    "documents:document_return": Reach("document", "MH", "MH"),
    "documents:approval_recall": Reach("document", "MH", "MH"),
    "documents:document_publish": Reach("document", "MH", "MH"),
    "documents:publication_take_down": Reach("publication", "MH", "MH"),
    "documents:version_add": Reach("document", "MCS", "M"),
    "documents:file": Reach("file", ALL, "RMHE", "R"),
    "documents:signature": Reach("file", ALL, "RMHE", "R"),
    "documents:signature_add": Reach("file", "MCS", "M"),
    "documents:word_add": Reach("activity", "MCS"),
    "documents:word_confirm": Reach("word", "MH", "MH"),
    "documents:comment_list": Reach("discussed", ALL, town="R"),
    "documents:comment_settle": Reach("comment", "MH"),
    "documents:document_discuss": Reach("discussed", "MH"),
    "documents:document_compare": Reach("document", ALL, "RMHE", "R"),
    "documents:publication_check": Reach("publication elsewhere", "MH", "MH"),
    # One's own word only, unless one is of the centre: the own word of the world is the school coordinator's.
    "documents:word_withdraw": Reach("word", "MS", "M"),
    # marks of ИС МЭДК: the school loads, its curator answers, the centre may both
    "documents:school_marks": Reach("part", "RMHCS", "RMH", "R"),
    "documents:package": Reach("part", "RMHCS", "RMH", "R"),
    "documents:paper_mark": Reach("paper of a part", "MCS", "M"),
    "documents:measure_mark": Reach("measure of a part", "MCS", "M"),
    # the register of forms is of the whole town; a copy is of a school
    "documents:form": Reach("form", "RMHCS", "RMHCS", "R"),
    "documents:form_file": Reach("form file", "RMHCS", "RMHCS", "R"),
    "documents:form_edit": Reach("form", "M", "M"),
    "documents:form_version_add": Reach("form", "M", "M"),
    "documents:form_withdraw": Reach("form", "M", "M"),
    "documents:form_take": Reach("form", "MS", "MS"),
    "documents:form_return": Reach("form copy", "MS", "M"),
    "documents:line_evidence": Reach("activity", ALL, town="R"),
    "documents:school_evidence": Reach("school", ALL, "RMHE", "R"),
    "documents:roadmap_evidence": Reach("roadmap", ALL, town="R"),
    # visits: a curator leads own visits, the school answers for its own, the centre for all of the town
    "visits:visit": Reach("visit", ALL, "RMHE", "R"),
    "visits:sheet": Reach("visit", "MC", "M"),
    "visits:blank": Reach("visit", "MC", "M"),
    "visits:papers": Reach("visit", "MC", "M"),
    "visits:agree": Reach("visit", "MS", "M"),
    "visits:propose": Reach("visit", "MS", "M"),
    "visits:report": Reach("visit", "MC", "M"),
    "visits:approve": Reach("visit", "MH", "MH"),
    "visits:return": Reach("visit", "MH", "MH"),
    "visits:call_back": Reach("visit", "MH", "MH"),
    "visits:move": Reach("visit", "MC", "M"),
    "visits:keep_day": Reach("visit", "MC", "M"),
    "visits:cancel": Reach("visit", "MC", "M"),
    "visits:step_done": Reach("step", "MC", "M"),
    "visits:step_told": Reach("step", "MS", "M"),
    # a curator's report: of its curator and the centre; it speaks of other schools too
    "visits:curator_report": Reach("curator report", "RMHCE", "RMHE", "R"),
    "visits:report_file": Reach("curator report file", "RMHCE", "RMHE", "R"),
    "visits:report_words": Reach("curator report", "MC", "M"),
    "visits:report_approve": Reach("curator report", "MH", "MH"),
    "visits:report_return": Reach("curator report", "MH", "MH"),
    "visits:report_call_back": Reach("curator report", "MH", "MH"),
    "visits:report_publish": Reach("curator report", "MH", "MH"),
    # collections and surveys are of the centre
    "questionnaires:collection": Reach("collection", "RMH", town="R"),
    "questionnaires:collection_accept": Reach("collection", "M"),
    "questionnaires:collection_remind": Reach("collection", "M"),
    "questionnaires:collection_extend": Reach("collection", "M"),
    "questionnaires:collection_follow": Reach("collection", "M"),
    "questionnaires:collection_close": Reach("collection", "M"),
    "questionnaires:answer": Reach("answer", "RMH", "RMH", "R"),
    "questionnaires:answer_return": Reach("answer", "M", "M"),
    "questionnaires:answer_call_back": Reach("answer", "M", "M"),
    "questionnaires:collection_results": Reach("collection", "RMH", town="R"),
    "questionnaires:results_file": Reach("collection file", "RMH", town="R"),
    "questionnaires:survey": Reach("survey", "RMH", town="R"),
    # reports
    "reports:report": Reach("report", "RMH", town="R"),
    "reports:download": Reach("report file", "RMH", town="R"),
    "reports:words": Reach("roadmap", "MH"),
    "reports:freeze": Reach("report", "MH"),
    "reports:issue": Reach("issue", "RMH", town="R"),
    "reports:publish": Reach("issue", "MH"),
    "reports:issue_file": Reach("issue file", "RMH", town="R"),
    "reports:region_report": Reach("region report", "R", town="R"),
    "reports:region_download": Reach("region report file", "R", town="R"),
    "reports:region_freeze": Reach("region report", "R", town="R"),
    "reports:template_file": Reach("own template", "M"),
    "reports:template_withdraw": Reach("own template", "M"),
}

# Rows that belong to the whole installation: whoever may enter finds them all.
COMMON = frozenset({"programmes:next_year"})

# The methods of an address that does not answer to both.
ONLY: dict[str, str] = {
    "accounts:invite": "POST",
    "accounts:drop_second_step": "POST",
    "schools:school": "GET",
    "schools:school_risks": "GET",
    "schools:work": "GET",
    "schools:work_file": "GET",
    "schools:measure_done": "POST",
    "documents:upload_file": "POST",
    "documents:upload_known": "POST",
    "schools:measure_confirm": "POST",
    "schools:save_risks": "POST",
    "schools:verify_risks": "POST",
    "imports:review": "GET",
    "imports:order": "POST",
    "imports:term": "GET",
    "imports:add": "POST",
    "imports:line": "POST",
    "imports:remove": "POST",
    "imports:remark": "POST",
    "imports:adopt": "POST",
    "imports:discard": "POST",
    "imports:reopen": "POST",
    "imports:original": "GET",
    "imports:amendment": "GET",
    "documents:school_marks": "GET",
    "documents:package": "GET",
    "documents:form": "GET",
    "documents:form_file": "GET",
    "documents:form_take": "POST",
    "documents:line_evidence": "GET",
    "documents:school_evidence": "GET",
    "documents:roadmap_evidence": "GET",
    "visits:visit": "GET",
    "visits:blank": "GET",
    "visits:curator_report": "GET",
    "visits:report_file": "GET",
    "visits:report_call_back": "POST",
    "questionnaires:collection": "GET",
    "questionnaires:collection_accept": "POST",
    "questionnaires:collection_follow": "POST",
    "questionnaires:collection_close": "POST",
    "questionnaires:answer": "GET",
    "questionnaires:answer_call_back": "POST",
    "questionnaires:collection_results": "GET",
    "questionnaires:results_file": "GET",
    "questionnaires:survey": "GET",
    "reports:words": "POST",
    "reports:freeze": "POST",
    "reports:publish": "POST",
    "reports:region_freeze": "POST",
    "reports:template_file": "GET",
    "reports:template_withdraw": "POST",
}

# Rows of addresses that are open to all: what a stranger is shown of them is told by tests of the portal.
OPEN_ROWS: dict[str, str] = {
    "portal:place": "municipality",
    "portal:public_roadmap": "roadmap",
    "portal:public_line": "line",
    "portal:data_csv": "roadmap",
    "portal:data_json": "roadmap",
    "portal:public_document": "document",
    "portal:public_file": "document",
}
