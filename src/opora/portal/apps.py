"""The name of the room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "opora.portal"
    label = "portal"
    verbose_name = "Портал"
