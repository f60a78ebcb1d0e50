"""Templates and static files; no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "karvon.web"
    label = "web"

    def ready(self) -> None:
        from karvon.web.accounts.journal import listen

        listen()
