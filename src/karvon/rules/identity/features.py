"""What weights compare: the folded parts of one line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from karvon.rules.identity.line import IdentityLine
from karvon.rules.names.contact import email_key, phone_key
from karvon.rules.names.organisation import ParsedOrganisation, parse_organisation
from karvon.rules.names.parse import ParsedName, name_kinds, parse
from karvon.rules.names.parts import Gender, surname_stem, without_case_ending
from karvon.rules.names.place import country_of, place_of
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
    kind: str
    """The kind of people who bear the given name ("uzbek f"); unlisted names: only their gender ("f")."""
    country: str
    turned: "Features | None"
    """The same line with surname and given name exchanged, when nothing tells their order."""


def features_of(
    line: IdentityLine, *, given_share: Callable[[str], float] | None = None, name: ParsedName | None = None
) -> Features:
    """Parse and fold one line; ``name`` when it is already parsed."""
    if name is None:
        name = name_of(line, given_share)
    organisation = parse_organisation(line.organisation)
    listed = name_kinds().get(name.given, "")
    gender = name.gender or _SEX.get(re.sub(r"\W", "", line.sex.lower()), "") or _GENDERS[listed[-1:]]
    place = place_of(line.region) or organisation.place
    features = Features(
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
        place=place,
        phone=phone_key(line.phone),
        email=email_key(line.email),
        kind=listed or gender,
        country=_country(line, listed, place),
        turned=None,
    )
    if name.sure or not name.given or not name.surname:
        return features
    surname, shown = surname_stem(name.given)
    turned = replace(
        features,
        surname=surname,
        given=without_case_ending(name.surname_as_written),
        given_initial=name.surname_as_written[:1],
        gender=name.gender or shown or gender,
        kind=gender,
    )
    return replace(features, turned=turned)


_GENDERS: dict[str, Gender] = {"f": "f", "m": "m", "-": "", "": ""}


def _country(line: IdentityLine, kind: str, place: str) -> str:
    """Where the line's person most likely lives: only so that Latvians are measured among Latvians."""
    if kind.startswith("latvian") or re.sub(r"\D", "", line.phone).removeprefix("00").startswith("371"):
        return "lv"
    return country_of().get(place, "")


def name_of(line: IdentityLine, given_share: Callable[[str], float] | None = None) -> ParsedName:
    """The parsed name of a line, from its columns or from its one cell."""
    beside = f"{line.organisation} {line.position} {line.region}"
    if line.surname.strip() and (line.given_name.strip() or line.middle_name.strip()):
        # separate columns tell the order as a comma does
        written = f"{line.surname}, {line.given_name} {line.middle_name}"
        return parse(written, beside=beside, given_share=given_share)
    return parse(line.name or f"{line.surname} {line.given_name}", beside=beside, given_share=given_share)
