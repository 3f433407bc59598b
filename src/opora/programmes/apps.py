"""The name of the room."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "opora.programmes"
    label = "programmes"
    verbose_name = "Программы"
