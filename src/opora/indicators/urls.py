"""Addresses of the room."""

from django.urls import path

from opora.indicators import views

app_name = "indicators"
urlpatterns = [
    path("roadmaps/<int:pk>/lines/<int:line_pk>/rule/", views.rule, name="rule"),
    path("roadmaps/<int:pk>/lines/<int:line_pk>/excuse/", views.excuse_school, name="excuse"),
    path("excuses/<int:pk>/end/", views.excuse_end, name="excuse_end"),
]
