"""The name of the room."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "opora.questionnaires"
    label = "questionnaires"
    verbose_name = "Анкеты и сборы"
