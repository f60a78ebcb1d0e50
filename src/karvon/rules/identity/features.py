"""What weights compare: the folded parts of one line."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from karvon.rules.identity.line import IdentityLine
from karvon.rules.names.contact import email_key, phone_key
from karvon.rules.names.organisation import ParsedOrganisation, parse_organisation
from karvon.rules.names.parse import ParsedName, given_names, parse
from karvon.rules.names.parts import Gender
from karvon.rules.names.place import place_of
from karvon.rules.names.position import position_key

_SEX: dict[str, Gender] = {
    "f": "f", "female": "f", "w": "f", "woman": "f", "s": "f", "sieviete": "f", "ж": "f", "жен": "f", "женский": "f",
    "ayol": "f", "аёл": "f", "m": "m", "male": "m", "man": "m", "v": "m", "vīrietis": "m", "м": "m", "муж": "m",
    "мужской": "m", "erkak": "m", "эркак": "m",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """The compared parts of a line; empty ones were not written."""

    line: str
    sheet: str
    name: ParsedName
    surname: str
    given: str
    father: str
    given_initial: str
    father_initial: str
    gender: Gender
    organisation: ParsedOrganisation
    position: str
    place: str
    phone: str
    email: str


def features_of(line: IdentityLine, *, given_share: Callable[[str], float] | None = None) -> Features:
    """Parse and fold one line."""
    name = _name_of(line, given_share)
    organisation = parse_organisation(line.organisation)
    gender = (
        name.gender or _SEX.get(re.sub(r"\W", "", line.sex.lower()), "") or given_names().get(name.given, "")
    )
    return Features(
        line=line.line,
        sheet=line.sheet,
        name=name,
        surname=name.surname,
        given=name.given,
        father=name.father,
        given_initial=name.given_initial,
        father_initial=name.father_initial,
        gender=gender,
        organisation=organisation,
        position=position_key(line.position),
        place=place_of(line.region) or organisation.place,
        phone=phone_key(line.phone),
        email=email_key(line.email),
    )


def _name_of(line: IdentityLine, given_share: Callable[[str], float] | None) -> ParsedName:
    beside = f"{line.organisation} {line.position} {line.region}"
    if line.surname.strip() and (line.given_name.strip() or line.middle_name.strip()):
        # separate columns tell the order as a comma does
        written = f"{line.surname}, {line.given_name} {line.middle_name}"
        return parse(written, beside=beside, given_share=given_share)
    return parse(line.name or f"{line.surname} {line.given_name}", beside=beside, given_share=given_share)
