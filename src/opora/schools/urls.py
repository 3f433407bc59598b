"""Addresses of the room."""

from django.urls import path

from opora.schools.views import deeds, pages, risk_loading, risk_matrix, risks, school_loading

app_name = "schools"
urlpatterns = [
    path("schools/", pages.schools, name="schools"),
    path("schools/new/", deeds.add, name="add"),
    path("schools/import/", school_loading.load_schools, name="load_schools"),
    path("schools/<int:pk>/", pages.school, name="school"),
    path("schools/<int:pk>/change/", deeds.change, name="change"),
    path("schools/<int:pk>/take-part/", deeds.take_part, name="take_part"),
    path("schools/<int:pk>/leave/", deeds.leave, name="leave"),
    path("risks/", risks.risks, name="risks"),
    path("risks/load/", risk_loading.load_risks, name="load_risks"),
    path("risks/matrix/", risk_matrix.risk_matrix, name="risk_matrix"),
    path("risks/book.xlsx", risk_matrix.risk_book, name="risk_book"),
    path("risks/<int:pk>/", risks.school_risks, name="school_risks"),
    path("risks/<int:pk>/save/", risks.save_risks, name="save_risks"),
    path("risks/<int:pk>/verify/", risks.verify, name="verify_risks"),
]
