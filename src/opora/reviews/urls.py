"""Addresses of rounds for the centre, of the expert's desk, of what came back to a school."""

from django.urls import path

from opora.reviews.views import deeds, draws, examinations, results, returned, rounds, sampled

app_name = "reviews"

urlpatterns = [
    path("reviews/", rounds.round_list, name="round_list"),
    path("reviews/add/", rounds.round_add, name="round_add"),
    path("reviews/school/", returned.school_documents, name="school_documents"),
    path("reviews/school/<int:pk>/", returned.rework, name="rework"),
    path("reviews/<int:pk>/", rounds.round_page, name="round_page"),
    path("reviews/<int:pk>/edit/", rounds.round_edit, name="round_edit"),
    path("reviews/<int:pk>/criteria/", rounds.criteria, name="criteria"),
    path("reviews/<int:pk>/draw/", draws.draw, name="draw"),
    path("reviews/<int:pk>/protocol/<slug:ending>/", draws.protocol, name="protocol"),
    path("reviews/<int:pk>/experts/", draws.assign, name="assign"),
    path("reviews/<int:pk>/settle/", deeds.settle_all, name="settle_all"),
    path("reviews/<int:pk>/finish/", deeds.finish, name="finish"),
    path("reviews/<int:pk>/results/", results.results, name="results"),
    path("reviews/<int:pk>/results/xlsx/", results.results_xlsx, name="results_xlsx"),
    path("reviews/documents/<int:pk>/", sampled.sampled_page, name="sampled_page"),
    path("reviews/documents/<int:pk>/return/", deeds.return_document, name="return_document"),
    path("reviews/documents/<int:pk>/settle/", deeds.settle_one, name="settle_one"),
    path("reviews/documents/<int:pk>/expert/", deeds.ask_expert, name="ask_expert"),
    path("reviews/examinations/<int:pk>/off/", deeds.take_off, name="take_off"),
    path("examinations/", examinations.examination_list, name="examination_list"),
    path("examinations/<int:pk>/", examinations.examination, name="examination"),
    path("examinations/<int:pk>/draft/", examinations.draft, name="draft"),
    path("examinations/<int:pk>/decline/", examinations.decline, name="decline"),
    path("examinations/<int:pk>/file/", examinations.file, name="file"),
    path("examinations/<int:pk>/pages/<int:page>/", examinations.page, name="page"),
]
