"""Addresses of the room."""

from django.urls import path

from opora.reports.views import issues, making, templates

_REGION = "reports/regions/<int:pk>/<int:programme_pk>/<slug:code>"

app_name = "reports"
urlpatterns = [
    path("reports/", making.reports, name="reports"),
    path("reports/templates/", templates.templates, name="templates"),
    path("reports/templates/paper/", templates.template, name="template"),
    path("reports/templates/word/", templates.template_word, name="template_word"),
    path("reports/templates/preview/", templates.template_preview, name="template_preview"),
    path("reports/templates/<int:pk>/file/", templates.template_file, name="template_file"),
    path("reports/templates/<int:pk>/withdraw/", templates.template_withdraw, name="template_withdraw"),
    path("reports/issues/<int:pk>/", issues.issue, name="issue"),
    path("reports/issues/<int:pk>/publish/", issues.publish, name="publish"),
    path("reports/issues/<int:pk>/region-publish/", issues.region_publish, name="region_publish"),
    path("reports/issues/<int:pk>/region-take-down/", issues.region_take_down, name="region_take_down"),
    path("reports/issues/<int:pk>/paper.<slug:ending>", issues.issue_file, name="issue_file"),
    path(f"{_REGION}/", making.region_report, name="region_report"),
    path(f"{_REGION}.<slug:ending>", making.region_download, name="region_download"),
    path(f"{_REGION}/freeze/", making.region_freeze, name="region_freeze"),
    path("reports/<int:pk>/words/", making.words, name="words"),
    path("reports/<int:pk>/<slug:code>/", making.report, name="report"),
    path("reports/<int:pk>/<slug:code>.<slug:ending>", making.download, name="download"),
    path("reports/<int:pk>/<slug:code>/freeze/", making.freeze_report, name="freeze"),
]
