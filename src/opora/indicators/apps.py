"""The name of the room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "opora.indicators"
    label = "indicators"
    verbose_name = "Показатели"

    def ready(self) -> None:
        """Make the readings of the day known to the runner of jobs."""
        import opora.indicators.daily_readings  # noqa: F401 -- its task registers itself by name
