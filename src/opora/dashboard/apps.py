"""The name of the room."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "opora.dashboard"
    label = "dashboard"
    verbose_name = "Рабочее место"
