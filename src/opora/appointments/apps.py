"""The name of the room."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "opora.appointments"
    label = "appointments"
    verbose_name = "Назначения"
