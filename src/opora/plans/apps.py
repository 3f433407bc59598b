"""The name of the room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "opora.plans"
    label = "plans"
    verbose_name = "Дорожные карты"
