"""Addresses of the room."""

from django.urls import path

from opora.questionnaires.views import (
    collection_deeds,
    collection_making,
    collections,
    obligations,
    results,
    surveys,
)

app_name = "questionnaires"
urlpatterns = [
    # collections: who is asked and where each answer stands
    path("collections/", collections.collections, name="collections"),
    path("collections/new/", collection_making.collection_new, name="collection_new"),
    path("collections/<int:pk>/", collections.collection, name="collection"),
    path("collections/<int:pk>/accept/", collection_deeds.collection_accept, name="collection_accept"),
    path("collections/<int:pk>/remind/", collection_deeds.collection_remind, name="collection_remind"),
    path("collections/<int:pk>/extend/", collection_deeds.collection_extend, name="collection_extend"),
    path("collections/<int:pk>/follow/", collection_deeds.collection_follow, name="collection_follow"),
    path("collections/<int:pk>/close/", collection_deeds.collection_close, name="collection_close"),
    path("collections/<int:pk>/answers/<int:respondent_pk>/", collections.answer, name="answer"),
    path(
        "collections/<int:pk>/answers/<int:respondent_pk>/return/",
        collection_deeds.answer_return,
        name="answer_return",
    ),
    path(
        "collections/<int:pk>/answers/<int:respondent_pk>/call-back/",
        collection_deeds.answer_call_back,
        name="answer_call_back",
    ),
    # what came of it
    path("collections/<int:pk>/results/", results.collection_results, name="collection_results"),
    path("collections/<int:pk>/results.<slug:ending>", results.results_file, name="results_file"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/load/", surveys.survey_load, name="survey_load"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
    # what a person owes
    path("obligations/", obligations.obligations, name="obligations"),
]
