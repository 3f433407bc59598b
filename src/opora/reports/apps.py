"""The name of the room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "opora.reports"
    label = "reports"
    verbose_name = "Отчёты"
