"""Addresses of the room."""

from django.urls import path

from opora.appointments.views import competences, coverage, deeds, grid, many, order, proposal

app_name = "appointments"
urlpatterns = [
    path("appointments/", coverage.appointments, name="appointments"),
    path("appointments/rights/", coverage.rights, name="rights"),
    path("appointments/new/", deeds.appoint, name="appoint"),
    path("appointments/<int:pk>/release/", deeds.release, name="release"),
    path("appointments/<int:pk>/replace/", deeds.replace, name="replace"),
    path("appointments/many/", many.many, name="many"),
    path("appointments/grid/", grid.grid, name="grid"),
    path("appointments/proposal/", proposal.proposal, name="proposal"),
    path("appointments/proposal/competences/", competences.competences, name="competences"),
    path("appointments/order/", order.order, name="order"),
    path("appointments/order.docx", order.order_docx, name="order_docx"),
]
