"""Addresses of the room."""

from django.urls import path

from opora.dashboard import today, views

app_name = "dashboard"
urlpatterns = [
    path("today/", today.today, name="today"),
    path("settings/", views.settings, name="settings"),
    path("settings/centre/<int:pk>/", views.requisites, name="requisites"),
    path("settings/jobs/", views.jobs, name="jobs"),
    path("settings/jobs/again/", views.jobs_again, name="jobs_again"),
    path("look/", views.look, name="look"),
    path("help/", views.guide, name="guide"),
    path("help/<slug:name>/", views.guide_page, name="guide_page"),
]
