"""Templates and static files; no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "karvon.web"
    label = "web"
