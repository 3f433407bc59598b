"""Addresses of the room."""

from django.urls import path

from opora.visits.views import (
    blank,
    calendar,
    curator_reports,
    curators,
    deeds,
    month,
    planning,
    record,
    report_deeds,
    schedule,
    sheet,
)

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
    path("account/calendar/", calendar.feeds, name="feeds"),
    path("calendar/<int:pk>-<str:mac>.ics", calendar.calendar, name="calendar"),
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
    path("visits/<int:pk>/steps/<int:step_pk>/told/", deeds.step_told, name="step_told"),
    path("offline.js", sheet.offline, name="offline"),
    # curators' reports for a stage, and who needs help
    path("curator-reports/", curator_reports.curator_reports, name="curator_reports"),
    path("curator-reports/begin/", curator_reports.report_begin, name="report_begin"),
    path("curator-reports/approve/", report_deeds.reports_approve, name="reports_approve"),
    path("curator-reports/<int:pk>/", curator_reports.curator_report, name="curator_report"),
    path("curator-reports/<int:pk>/words/", curator_reports.report_words, name="report_words"),
    path("curator-reports/<int:pk>/approve/", report_deeds.report_approve, name="report_approve"),
    path("curator-reports/<int:pk>/return/", report_deeds.report_return, name="report_return"),
    path("curator-reports/<int:pk>/call-back/", report_deeds.report_call_back, name="report_call_back"),
    path("curator-reports/<int:pk>/publish/", report_deeds.report_publish, name="report_publish"),
    path("curator-reports/<int:pk>/report.<slug:ending>", curator_reports.report_file, name="report_file"),
    path("curators/", curators.curators, name="curators"),
]
