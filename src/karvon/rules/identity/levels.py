"""The words evidence is told in: every level each field can have, and when an agreement is common or rare.

``weights`` and ``explain`` make no other; a test reads their source and holds the words of every edge against these.
"""

from collections.abc import Mapping
from typing import Final, Literal

from karvon.rules.identity.line import EvidencePart

_NEARNESS: Final = ("same", "spelling", "slip", "slips", "different")
_INITIALS: Final = ("initial agrees", "initial may agree", "initial differs")
_CONTACT: Final = ("same", "same, shared", "a slip apart", "differs")

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "prior": ("any two lines",),
    "surname": (*_NEARNESS, "different, may have married"),
    "given_name": (*_NEARNESS, *_INITIALS),
    "patronymic": (*_NEARNESS, *_INITIALS),
    "order": ("names exchanged",),
    "gender": ("differs",),
    "organisation": (
        "agrees",
        "agrees but for spelling",
        "known to be another name of it",
        "agrees in part",
        "differs",
    ),
    "position": ("agrees", "agrees in part", "differs"),
    "region": ("agrees", "differs"),
    "phone": _CONTACT,
    "email": _CONTACT,
    "sheet": ("one sheet",),
    "veto": ("cannot be one person",),
}
"""Field -> its levels."""

Rarity = Literal["common", "rare", ""]
COMMON: Final = 600
"""At most so much (1/100 bit) for an agreement: of 60 pairs of different people about one or more agree as well."""
RARE: Final = 900
"""At least so much: of 500 pairs of different people about one or fewer agree as well."""
_OF_VALUES: Final = ("surname", "given_name", "patronymic", "organisation", "position", "region")
_AGREEMENT: Final = ("same", "spelling", "agrees", "agrees but for spelling")


def rarity(part: EvidencePart) -> Rarity:
    """Whether the value two lines agree in is common or rare, as its share of the evidence says; '' in between.

    The share of an agreement is log2 of how much oftener one person's lines agree than two people's do, and that
    is the rarity of the value but for a bit. Only names, organisations, positions and regions that agree are
    called so; initials, telephones and addresses are not.
    """
    if part.field not in _OF_VALUES or part.level not in _AGREEMENT:
        return ""
    if part.weight <= COMMON:
        return "common"
    return "rare" if part.weight >= RARE else ""
