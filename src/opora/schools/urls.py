"""Addresses of the room."""

from django.urls import path

from opora.schools.views import deeds, pages

app_name = "schools"
urlpatterns = [
    path("schools/", pages.schools, name="schools"),
    path("schools/new/", deeds.add, name="add"),
    path("schools/<int:pk>/", pages.school, name="school"),
    path("schools/<int:pk>/change/", deeds.change, name="change"),
    path("schools/<int:pk>/take-part/", deeds.take_part, name="take_part"),
    path("schools/<int:pk>/leave/", deeds.leave, name="leave"),
]
