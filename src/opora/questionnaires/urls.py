"""Addresses of the room."""

from django.urls import path

from opora.questionnaires.views import (
    answering,
    answers,
    blanks,
    building,
    collection_deeds,
    collection_making,
    collections,
    obligations,
    questionnaires,
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
    path("answers/<int:pk>/", collections.answer_wherever, name="answer_wherever"),
    # what came of it
    path("collections/<int:pk>/results/", results.collection_results, name="collection_results"),
    path("collections/<int:pk>/results.<slug:ending>", results.results_file, name="results_file"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/load/", surveys.survey_load, name="survey_load"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
    # what a person owes
    path("obligations/", obligations.obligations, name="obligations"),
    path("obligations/<int:pk>/", answering.answering, name="answering"),
    path("obligations/<int:pk>/draft/", answering.answer_draft, name="answer_draft"),
    path("obligations/<int:pk>/nothing/", answering.answer_nothing, name="answer_nothing"),
    path("obligations/<int:pk>/blank.<slug:ending>", blanks.answer_blank, name="answer_blank"),
    path("obligations/<int:pk>/upload/", blanks.answer_upload, name="answer_upload"),
    path("obligations/<int:pk>/files/<int:file>/", answers.answer_file, name="answer_file"),
    path(
        "collections/<int:pk>/answers/<int:respondent_pk>/files/<int:file>/",
        answers.answer_given_file,
        name="answer_given_file",
    ),
    # what is asked: workbooks of questions
    path("questionnaires/", questionnaires.forms, name="forms"),
    path("questionnaires/upload/", questionnaires.form_upload, name="form_upload"),
    path("questionnaires/new/", building.form_build, name="form_build"),
    path("questionnaires/<int:pk>/", questionnaires.form, name="form"),
    path("questionnaires/<int:pk>/upload/", questionnaires.form_version, name="form_version"),
    path("questionnaires/<int:pk>/edit/", building.form_edit, name="form_edit"),
    path("questionnaires/<int:pk>/use/", questionnaires.form_use, name="form_use"),
    path("questionnaires/<int:pk>/versions/<int:number>/file/", questionnaires.form_file, name="form_file"),
    path(
        "questionnaires/<int:pk>/versions/<int:number>/blank.<slug:ending>",
        questionnaires.form_blank,
        name="form_blank",
    ),
]
