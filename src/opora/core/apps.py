"""The name of the room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "opora.core"
    label = "core"
    verbose_name = "Основание"

    def ready(self) -> None:
        """Make the work of every day known to the runner of jobs."""
        import opora.core.daily_work  # noqa: F401 -- its tasks register themselves by name
