"""Addresses of the room."""

from django.urls import path

from opora.dashboard import today

app_name = "dashboard"
urlpatterns = [
    path("today/", today.today, name="today"),
]
