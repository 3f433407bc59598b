"""The name of the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "opora.accounts"
    label = "accounts"
    verbose_name = "Учётные записи"

    def ready(self) -> None:
        """Make the letters known to the runner of jobs."""
        import opora.accounts.letters  # noqa: F401 -- its tasks register themselves by name
