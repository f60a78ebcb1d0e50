"""Raw records -> a description of the programme: shapes, references and keys of every record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from karvon.files.programme_folder.raw import Findings, RawRecord
from karvon.files.programme_folder.schema import KINDS, PROGRAMME, TARGET, Kind
from karvon.files.programme_folder.shapes import BAD, Reader
from karvon.files.programme_folder.suggesting import nearest
from karvon.rules.places.funders import catalogue_funders
from karvon.rules.programme.description import Programme, ProgrammeDescription
from karvon.rules.programme.ordering import in_canonical_order
from karvon.rules.programme.text import NO_TEXT
from karvon.rules.programme.values import Period
from karvon.rules.wording import LANGUAGES


def build(records: Sequence[RawRecord], findings: Findings) -> ProgrammeDescription:
    """The description the records give. Records with problems are left out; the findings say which and why."""
    known = _known_keys(records, findings)
    _check_programme_once(records, findings)
    reader = Reader(findings, known, _first_language(records), set())
    built: dict[str, list[Any]] = defaultdict(list)
    targets: dict[str, list[Any]] = defaultdict(list)
    for record in records:
        values = read_values(record, reader)
        if values is None:
            continue
        if record.kind is TARGET:
            targets[values.pop("indicator")].append(
                TARGET.becomes(contract=values.pop("contract", ""), **values)
            )
        else:
            built[record.kind.holder].append((record.kind, values))
    for _, values in built["indicators"]:
        values["targets"] = tuple(targets.get(values["key"], ()))
    return _description(built, reader)


def _known_keys(records: Sequence[RawRecord], findings: Findings) -> Mapping[str, Mapping[str, str]]:
    """Kind -> folded key -> key; a key said twice is a problem of the second."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    first: dict[tuple[str, str], RawRecord] = {}
    for record in records:
        if not record.key:
            continue
        folded = record.key.casefold()
        earlier = first.setdefault((record.kind.name, folded), record)
        if earlier is not record:
            findings.add("key_twice", record.where("key"), found=record.key, first=str(earlier.where("key")))
        known[record.kind.name].setdefault(folded, record.key)
    return known


def _check_programme_once(records: Sequence[RawRecord], findings: Findings) -> None:
    programmes = [record for record in records if record.kind is PROGRAMME]
    for record in programmes[1:]:
        findings.add("programme_twice", record.where(""))


def _first_language(records: Sequence[RawRecord]) -> str:
    """The language of plain texts; English while the programme's own are not known."""
    for record in records:
        if record.kind is PROGRAMME:
            languages = record.values.get("languages")
            first = languages[0] if isinstance(languages, list) and languages else languages
            if first in LANGUAGES:
                return str(first)
    return "en"


def read_values(record: RawRecord, reader: Reader) -> dict[str, Any] | None:
    """What the record's dataclass is made of; ``None`` when a field it needs was refused.

    Other refused fields are left out, so that what can be checked between records still is.
    """
    names = [field.name for field in record.kind.fields]
    for name in record.values:
        if name not in names:
            near, allowed = nearest(name, names), ", ".join(names)
            reader.findings.add(
                "unknown_field", record.where(name), found=name, suggestion=near, allowed=allowed
            )
    values: dict[str, Any] = {}
    whole = True
    for field in record.kind.fields:
        value = reader.read(record, field)
        if value is BAD:
            whole = whole and not field.needed
        elif value is not None:
            values[field.becomes] = value
    if not whole:
        return None
    if record.kind.has_period:
        values["period"] = Period(values.pop("starts", None), values.pop("ends", None))
    return _with_defaults(record.kind, values)


def _with_defaults(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    if kind.name == "event":
        period = values["period"]
        values["period"] = Period(period.starts, period.ends or period.starts)
        values.setdefault("structured", values["kind"] == "training")
    return values


def _description(built: Mapping[str, list[Any]], reader: Reader) -> ProgrammeDescription:
    holders = {
        kind.holder: tuple(kind.becomes(**values) for _, values in built.get(kind.holder, ()))
        for kind in KINDS
        if kind is not PROGRAMME
    }
    funders = catalogue_funders()
    holders["organisations"] += tuple(funders[key].organisation() for key in sorted(reader.unnamed_funders))
    programmes = [PROGRAMME.becomes(**values) for _, values in built.get("programme", ())]
    return in_canonical_order(
        ProgrammeDescription(programmes[0] if programmes else Programme("", NO_TEXT, ()), **holders)
    )
