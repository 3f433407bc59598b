"""Addresses of the room."""

from django.urls import path

from opora.schools.views import (
    card,
    deeds,
    equipment,
    equipment_loading,
    outcomes,
    pages,
    place_loading,
    risk_loading,
    risk_matrix,
    risks,
    school_loading,
    work,
)

app_name = "schools"
urlpatterns = [
    path("schools/", pages.schools, name="schools"),
    path("schools/new/", deeds.add, name="add"),
    path("schools/outcomes/", outcomes.load_outcomes, name="load_outcomes"),
    path("schools/outcomes.xlsx", outcomes.outcome_book, name="outcome_book"),
    path("schools/import/", school_loading.load_schools, name="load_schools"),
    path("schools/municipalities/", place_loading.load_municipalities, name="load_municipalities"),
    path("schools/<int:pk>/", card.school, name="school"),
    path("schools/<int:pk>/change/", deeds.change, name="change"),
    path("schools/<int:pk>/take-part/", deeds.take_part, name="take_part"),
    path("schools/<int:pk>/leave/", deeds.leave, name="leave"),
    path("schools/<int:pk>/work/<int:factor_pk>/", work.work, name="work"),
    path("schools/<int:pk>/work/<int:factor_pk>/write/", work.write_work, name="write_work"),
    path("schools/<int:pk>/work/<int:factor_pk>/load/", work.load_work, name="load_work"),
    path("schools/<int:pk>/work/<int:factor_pk>/file/", work.work_file, name="work_file"),
    path(
        "schools/<int:pk>/work/<int:factor_pk>/measures/<int:measure_pk>/done/",
        work.measure_done,
        name="measure_done",
    ),
    path(
        "schools/<int:pk>/work/<int:factor_pk>/measures/<int:measure_pk>/confirm/",
        work.measure_confirm,
        name="measure_confirm",
    ),
    path("equipment/", equipment.equipment, name="equipment"),
    path("equipment.xlsx", equipment_loading.equipment_book, name="equipment_book"),
    path("equipment/load/", equipment_loading.load_equipment, name="load_equipment"),
    path("equipment/<int:pk>/", equipment.school_equipment, name="school_equipment"),
    path("equipment/<int:pk>/add/", equipment.add_equipment, name="add_equipment"),
    path("equipment/<int:pk>/<int:position_pk>/count/", equipment.count_equipment, name="count_equipment"),
    path("equipment/<int:pk>/<int:position_pk>/remove/", equipment.remove_equipment, name="remove_equipment"),
    path("risks/", risks.risks, name="risks"),
    path("risks/load/", risk_loading.load_risks, name="load_risks"),
    path("risks/matrix/", risk_matrix.risk_matrix, name="risk_matrix"),
    path("risks/book.xlsx", risk_matrix.risk_book, name="risk_book"),
    path("risks/<int:pk>/", risks.school_risks, name="school_risks"),
    path("risks/<int:pk>/save/", risks.save_risks, name="save_risks"),
    path("risks/<int:pk>/verify/", risks.verify, name="verify_risks"),
]
