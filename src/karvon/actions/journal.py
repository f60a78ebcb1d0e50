"""The journal entry every action writes, and the payloads that keep personal text erasable."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils import timezone

from karvon.records.models import (
    BlockKey,
    JournalEntry,
    LineReading,
    NameKey,
    Payload,
    Person,
    Programme,
    RegisterWords,
    User,
)
from karvon.rules.names.order import NAMELESS


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and through which door."""

    via: Literal["command", "web", "api"]
    user: User | None = None


COMMAND = Actor("command")


def write_entry(
    action: str,
    *,
    by: Actor,
    programme: Programme | None = None,
    object_kind: str = "",
    object_key: str = "",
    facts: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Append one entry. ``facts`` holds counts, keys and hashes; personal text goes to ``personal``."""
    return JournalEntry.objects.create(
        at=timezone.now(),
        by=by.user,
        via=by.via,
        programme=programme,
        action=action,
        object_kind=object_kind,
        object_key=object_key,
        facts=dict(facts or {}),
        payload=save_payload(personal) if personal else None,
    )


def new_payload(body: Mapping[str, Any], *, salt: bytes = b"") -> Payload:
    """An unsaved payload with a salt of its own (or one that came with a folder); its digest says nothing without."""
    salt = salt or secrets.token_bytes(16)
    return Payload(
        body=dict(body), salt=salt, digest=hmac.new(salt, canonical(body), hashlib.sha256).hexdigest()
    )


def erased_payload() -> Payload:
    """An unsaved payload of a text that was erased elsewhere, before it came here."""
    return Payload(body=None, salt=None, digest="", erased_at=timezone.now())


def save_payload(body: Mapping[str, Any]) -> Payload:
    payload = new_payload(body)
    payload.save()
    return payload


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def erase(payload: Payload) -> None:
    """Erase the text and its salt, and all that was read of it; the digest stays, and no longer tells anything.

    A register that loses a line's text is linked as a whole next time.
    """
    for read in (BlockKey, LineReading, NameKey):
        read.objects.filter(line__payload=payload).delete()
    RegisterWords.objects.filter(programme__lines__payload=payload).delete()
    Person.objects.filter(shown__payload=payload).update(filed_under=NAMELESS)
    Programme.objects.filter(lines__payload=payload).update(linked_under="")
    Payload.objects.filter(pk=payload.pk, erased_at__isnull=True).update(
        body=None, salt=None, erased_at=timezone.now()
    )


_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # without the letters that are mistaken for digits
_TWO: Final = tuple(a + b for a in _LETTERS for b in _LETTERS)


def new_id() -> str:
    """A random id for a line or a person: 16 letters and digits, 80 bits."""
    number = secrets.randbits(80)
    return "".join(_TWO[number >> shift & 1023] for shift in range(0, 80, 10))
