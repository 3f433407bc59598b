"""Addresses of the room."""

from django.urls import path

from opora.desk.views import kept_words as views

app_name = "desk"
urlpatterns = [
    path("kept/", views.kept, name="kept"),
]
