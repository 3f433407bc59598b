"""Addresses of the room."""

from django.urls import path

from opora.reports import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/<int:pk>/progress/", views.report, name="report"),
    path("reports/<int:pk>/progress.<str:ending>", views.download, name="download"),
    path("reports/<int:pk>/words/", views.words, name="words"),
    path("reports/<int:pk>/freeze/", views.freeze_report, name="freeze"),
    path("reports/issues/<int:pk>/", views.issue, name="issue"),
    path("reports/issues/<int:pk>/publish/", views.publish, name="publish"),
]
