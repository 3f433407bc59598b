"""Addresses of the room."""

from django.urls import path

from opora.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<int:pk>/next/", views.next_year, name="next_year"),
]
