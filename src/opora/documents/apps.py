"""The name of the room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "opora.documents"
    label = "documents"
    verbose_name = "Документы"

    def ready(self) -> None:
        """Make the reading of files and the looks at publications known to the runner of jobs."""
        import opora.documents.actions.texts
        import opora.documents.watching  # noqa: F401 -- tasks register themselves by name
