"""The name of the room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "opora.core"
    label = "core"
    verbose_name = "Основание"

    def ready(self) -> None:
        """Make the work of every day known to the runner of jobs."""
        import opora.core.daily_work
        import opora.core.janitor  # noqa: F401 -- the tasks of both register themselves by name
