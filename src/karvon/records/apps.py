"""The one Django app that owns tables, constraints and triggers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "karvon.records"
    label = "records"

    def ready(self) -> None:
        from karvon.records.triggers import install_triggers

        post_migrate.connect(install_triggers, sender=self, dispatch_uid="karvon-triggers")
