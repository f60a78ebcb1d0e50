"""Which programmes there are."""

from karvon.records.models import Programme


def programme_keys() -> tuple[str, ...]:
    """Keys of all programmes, sorted."""
    return tuple(Programme.objects.order_by("key").values_list("key", flat=True))
