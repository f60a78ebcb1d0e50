"""Lists of people that leave: nothing is changed, but it is written down who took which."""

from karvon.actions.journal import Actor, write_entry
from karvon.records import models as records


def take_workbook(programme: str, *, indicator: str = "", by: Actor) -> None:
    """Write down that somebody takes everybody of the programme, or whom a figure counts, as a workbook."""
    write_entry(
        "take_workbook",
        by=by,
        programme=records.Programme.objects.get(key=programme),
        object_kind="indicator" if indicator else "programme",
        object_key=indicator or programme,
    )
