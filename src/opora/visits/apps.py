"""The name of the room."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "opora.visits"
    label = "visits"
    verbose_name = "Посещения"
