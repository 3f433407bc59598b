"""Addresses of the room."""

from django.urls import path

from opora.plans import views

app_name = "plans"
urlpatterns = [
    path("roadmap/", views.chosen_roadmap, name="chosen_roadmap"),
    path("roadmaps/<int:pk>/", views.roadmap, name="roadmap"),
    path("roadmaps/<int:pk>/lines/<int:line_pk>/", views.line, name="line"),
    path("roadmaps/<int:pk>/print/", views.printed, name="printed"),
    path("roadmaps/<int:pk>/responsible/", views.responsible, name="responsible"),
    path("responsibilities/<int:pk>/release/", views.release, name="release"),
]
