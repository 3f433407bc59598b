"""Addresses of the room."""

from django.urls import path

from opora.visits.views import blank, deeds, month, planning, record, schedule, sheet

app_name = "visits"
urlpatterns = [
    # the calendar, the plan, the schedule
    path("visits/", month.visits, name="visits"),
    path("visits/plan/", planning.plan, name="plan"),
    path("visits/plan/add/", planning.plan_add, name="plan_add"),
    path("visits/plan/propose/", planning.plan_propose, name="plan_propose"),
    path("visits/schedule/", schedule.schedule, name="schedule"),
    path("visits/schedule/keep/", schedule.schedule_keep, name="schedule_keep"),
    path("visits/schedule.docx", schedule.schedule_file, {"ending": "docx"}, name="schedule_docx"),
    path("visits/schedule.pdf", schedule.schedule_file, {"ending": "pdf"}, name="schedule_pdf"),
    path("visits/schedule.xlsx", schedule.schedule_file, {"ending": "xlsx"}, name="schedule_xlsx"),
    # the record of a visit and its sheet
    path("visits/<int:pk>/", record.visit, name="visit"),
    path("visits/<int:pk>/sheet/", sheet.sheet, name="sheet"),
    path("visits/<int:pk>/blank/", blank.blank, name="blank"),
    path("visits/<int:pk>/papers/", record.papers, name="papers"),
    path("visits/<int:pk>/agree/", deeds.agree, name="agree"),
    path("visits/<int:pk>/propose/", deeds.propose, name="propose"),
    path("visits/<int:pk>/report/", deeds.report, name="report"),
    path("visits/<int:pk>/approve/", deeds.approve, name="approve"),
    path("visits/<int:pk>/return/", deeds.return_with_question, name="return"),
    path("visits/<int:pk>/call-back/", deeds.call_back, name="call_back"),
    path("visits/<int:pk>/move/", deeds.move, name="move"),
    path("visits/<int:pk>/keep-day/", deeds.keep_day, name="keep_day"),
    path("visits/<int:pk>/cancel/", deeds.cancel, name="cancel"),
    path("visits/<int:pk>/steps/<int:step_pk>/done/", deeds.step_done, name="step_done"),
    path("offline.js", sheet.offline, name="offline"),
]
