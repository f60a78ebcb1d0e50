"""Attempts to sign in, counted in the database so that all processes count together."""

import hashlib
import hmac

from django.conf import settings
from django.db import connection
from django.utils import timezone


def digest(key: str, prefix: str, version: int) -> str:
    """What stands in the table instead of the key, which holds the address somebody came from."""
    whole = f"{prefix}:{version}:{key}"
    return hmac.new(settings.SECRET_KEY.encode(), whole.encode(), hashlib.sha256).hexdigest()


def forget_old() -> None:
    """Attempts whose time has passed are of no use to anybody."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608 - our own table
            [connection.ops.adapt_datetimefield_value(timezone.now())],
        )
