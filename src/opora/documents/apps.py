"""The name of the room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "opora.documents"
    label = "documents"
    verbose_name = "Документы"

    def ready(self) -> None:
        """Make the reading of files known to the runner of jobs."""
        import opora.documents.actions.texts  # noqa: F401 -- its task registers itself by name
