"""One written value -> the value a field holds, or problems that say what was expected."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from babel import Locale

from karvon import catalog
from karvon.files.programme_folder.raw import Findings, RawRecord
from karvon.files.programme_folder.schema import SCOPE, Field
from karvon.files.programme_folder.suggesting import listed, nearest
from karvon.rules.places.countries import country_codes, find_country
from karvon.rules.places.funders import find_funder
from karvon.rules.places.lookup import find_place
from karvon.rules.places.sectors import find_sector, sector_slugs
from karvon.rules.programme.description import HeadCount, Scope
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money, Period, Share
from karvon.rules.wording import LANGUAGES

BAD: Final = object()
"""Stands for a value that was refused; its problem is among the findings."""

_KEY: Final = re.compile(r"[^\W_][\w.-]*")
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_REGION: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(slots=True)
class Reader:
    """Reads the values of one record after another against what the whole folder knows."""

    findings: Findings
    known: Mapping[str, Mapping[str, str]]
    """Kind -> casefolded key -> key, of every record written in the folder."""
    first_language: str
    unnamed_funders: set[str]
    """Funders of the catalogue that contracts name; they become organisations."""

    def read(self, record: RawRecord, field: Field) -> Any:
        """The field's value; ``None`` when it is not written; ``BAD`` when it was refused."""
        raw = record.values.get(field.name)
        if raw is None or raw == "" or (raw == [] and field.needed):
            if field.needed:
                self.findings.add("missing", record.where(field.name), field=field.name)
                return BAD
            return None
        return _Value(self, record, field.name).read(raw, field)


@dataclass(frozen=True, slots=True)
class _Value:
    """One value being read: knows where it stands."""

    reader: Reader
    record: RawRecord
    at: str
    inner: str = ""

    def refuse(self, code: str, **facts: str | int) -> Any:
        where = self.record.where(f"{self.at}.{self.inner}" if self.inner else self.at)
        self.reader.findings.add(code, where, **facts)
        return BAD

    def read(self, raw: Any, field: Field) -> Any:
        if not field.many:
            return self._one(raw, field)
        items = raw if isinstance(raw, list) else [raw]
        values = [self._one(item, field) for item in items]
        if any(value is BAD for value in values):
            return BAD
        twice = next((v for i, v in enumerate(values) if v in values[:i]), None)
        if twice is not None:
            return self.refuse("said_twice", found=str(twice))
        return tuple(values)

    def _one(self, raw: Any, field: Field) -> Any:
        shape: Callable[[Any, Field], Any] = getattr(self, f"_{field.shape}")
        return shape(raw, field)

    # plain values

    def _string(self, raw: Any, longest: int, *, lines: bool = False) -> Any:
        if not isinstance(raw, str):
            return self.refuse("not_a_text", found=shown(raw))
        allowed = "\n\t" if lines else ""
        if any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in raw):
            return self.refuse("control_character", found=shown(raw))
        if len(raw) > longest:
            return self.refuse("too_long", length=len(raw), longest=longest)
        return raw

    def _word(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, field.longest)
        if value is not BAD and not value.strip():
            return self.refuse("blank")
        return value

    def _key(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, field.longest)
        if value is not BAD and not (_KEY.fullmatch(value) and unicodedata.is_normalized("NFC", value)):
            return self.refuse("not_a_key", found=value)
        return value

    def _text(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str):
            value = self._string(raw, field.longest, lines=True)
            return BAD if value is BAD else Text.of({self.reader.first_language: value})
        if not isinstance(raw, dict):
            return self.refuse("not_a_text", found=shown(raw))
        said: dict[str, str] = {}
        for tag, text in raw.items():
            inner = _Value(self.reader, self.record, self.at, tag)
            language = inner._language(tag or self.reader.first_language, field)
            value = inner._string(text, field.longest, lines=True)
            if language is not BAD and language in said:
                inner.refuse("said_twice", found=language)
            if BAD in (language, value) or language in said:
                return BAD
            said[language] = value
        text = Text.of(said)
        if field.needed and not text:
            return self.refuse("missing", field=field.name)
        return text

    def _choice(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, 100)
        if value is not BAD and value not in field.choices:
            near = nearest(value, field.choices)
            return self.refuse("not_allowed", found=value, suggestion=near, allowed=", ".join(field.choices))
        return value

    def _yes_no(self, raw: Any, field: Field) -> Any:
        return (
            raw
            if isinstance(raw, bool)
            else self.refuse("not_yes_or_no", found=shown(raw), allowed="true, false")
        )

    def _day(self, raw: Any, field: Field) -> Any:
        day = _as_day(raw)
        if day is None or not _EARLIEST <= day <= _LATEST:
            return self.refuse("not_a_day", found=shown(raw))
        return day

    def _whole(self, raw: Any, field: Field) -> Any:
        number = self._decimal(raw, field)
        if number is BAD:
            return BAD
        if number != number.to_integral_value():
            return self.refuse("not_whole", found=shown(raw))
        return int(number)

    def _decimal(self, raw: Any, field: Field) -> Any:
        number = _as_number(raw)
        if number is None:
            return self.refuse("not_a_number", found=shown(raw))
        if number < field.least:
            code = "negative" if field.least == 0 else "too_small"
            return self.refuse(code, found=shown(raw), least=field.least)
        if number > field.most:
            return self.refuse("too_large", found=shown(raw), most=field.most)
        if _decimals(number) > field.decimals:
            return self.refuse("too_fine", found=shown(raw), decimals=field.decimals)
        return number

    def _money(self, raw: Any, field: Field) -> Any:
        if not isinstance(raw, dict) or not raw.keys() <= {"amount", "currency"} or len(raw) < 2:
            return self.refuse("not_money", found=shown(raw), example='{amount = 50000, currency = "EUR"}')
        amount = self._decimal(raw["amount"], field)
        currency = raw["currency"]
        if not isinstance(currency, str) or currency not in _currencies():
            near = nearest(str(currency), _currencies())
            self.refuse("unknown_currency", found=shown(currency), suggestion=near)
            return BAD
        return BAD if amount is BAD else Money(amount, currency)

    # words the catalogue or the folder knows

    def _reference(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, 200)
        if value is BAD:
            return BAD
        known = self.reader.known.get(field.kind, {})
        if value.casefold() in known:
            return known[value.casefold()]
        keys = list(known.values())
        return self.refuse(
            "unknown_reference",
            found=value,
            kind=field.kind,
            suggestion=nearest(value, keys),
            allowed=listed(keys),
        )

    def _funder(self, raw: Any, field: Field) -> Any:
        if isinstance(raw, str) and raw.casefold() not in self.reader.known.get(field.kind, {}):
            funder = find_funder(raw)
            if funder is not None:
                self.reader.unnamed_funders.add(funder.key)
                return funder.key
        return self._reference(raw, field)

    def _sector(self, raw: Any, field: Field) -> Any:
        found = find_sector(str(raw) if isinstance(raw, int) else raw) if isinstance(raw, str | int) else None
        if found is None:
            near = nearest(str(raw), sector_slugs())
            return self.refuse(
                "unknown_sector", found=shown(raw), suggestion=near, example="14021, water-supply"
            )
        return found.code

    def _place(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, 200)
        if value is BAD:
            return BAD
        own = self.reader.known.get("place", {})
        if value.casefold() in own:
            return own[value.casefold()]
        found = find_place(value)
        if found is None:
            return self.refuse(
                "unknown_place", found=value, suggestion=nearest(value, own.values()), kind="place"
            )
        return found.key

    def _country(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, 200)
        if value is BAD or value in country_codes():
            return value
        return self.refuse("unknown_country", found=value, suggestion=find_country(value) or "")

    def _region(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, 10)
        if value is BAD or (_REGION.fullmatch(value) and value[:2] in country_codes()):
            return value
        return self.refuse("not_a_region", found=value)

    def _language(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, 100)
        if value is not BAD and value not in LANGUAGES:
            near = nearest(value, LANGUAGES)
            return self.refuse("unknown_language", found=value, suggestion=near, allowed=", ".join(LANGUAGES))
        return value

    def _tongue(self, raw: Any, field: Field) -> Any:
        """A spoken language: one of ours, or any CLDR names."""
        value = self._string(raw, 100)
        if value is BAD or value in LANGUAGES or value in Locale("en").languages:
            return value
        return self.refuse(
            "unknown_language", found=value, suggestion="", allowed="lv, en, ru, uz, uz-Cyrl, de, …"
        )

    def _rule(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, 50)
        rules = catalog.names("counting_rules")
        if value is not BAD and value not in rules:
            return self.refuse(
                "unknown_rule", found=value, suggestion=nearest(value, rules), allowed=", ".join(rules)
            )
        return value

    def _file(self, raw: Any, field: Field) -> Any:
        value = self._string(raw, field.longest)
        if value is BAD:
            return BAD
        parts = value.split("/")
        if "\\" in value or any(part in ("", ".", "..") for part in parts) or ":" in parts[0]:
            return self.refuse("file_outside", found=value, folder=field.folder)
        if parts[0] != field.folder or len(parts) < 2:
            return self.refuse("file_elsewhere", found=value, folder=field.folder)
        return value

    # several values under names

    def _shares(self, raw: Any, field: Field) -> Any:
        percent = Field(field.name, "decimal", most=100, decimals=3)
        contract = Field(field.name, "reference", kind="contract")
        shares: list[Any] = []
        for key, part in self._named(raw):
            inner = _Value(self.reader, self.record, self.at, key)
            who, number = inner._reference(key, contract), inner._decimal(part, percent)
            if number is not BAD and number == 0:
                number = inner.refuse("share_of_nothing")
            shares.append(BAD if BAD in (who, number) else Share(who, number))
        if not isinstance(raw, dict) or any(share is BAD for share in shares):
            return BAD
        if len({share.contract for share in shares}) < len(shares):
            return self.refuse("said_twice", found=", ".join(raw))
        total = sum(share.percent for share in shares)
        if total > 100:
            return self.refuse("shares_over_100", total=f"{total:f}")
        return tuple(shares)

    def _head_count(self, raw: Any, field: Field) -> Any:
        if not isinstance(raw, dict):
            heads = self._whole(raw, field)
            if heads is BAD:
                return BAD
            starts, ends = (_as_day(self.record.values.get(name)) for name in ("starts", "ends"))
            if starts is None:
                return BAD  # the missing day is a problem of its own
            if ends not in (None, starts):
                return self.refuse("heads_per_day", example=f"{{{starts.isoformat()} = {heads}}}")
            return (HeadCount(starts, heads),)
        counts: list[Any] = []
        for key, heads in raw.items():
            inner = _Value(self.reader, self.record, self.at, str(key))
            day, number = inner._day(key, field), inner._whole(heads, field)
            counts.append(BAD if BAD in (day, number) else HeadCount(day, number))
        if any(count is BAD for count in counts):
            return BAD
        if len({count.day for count in counts}) < len(counts):
            return self.refuse("said_twice", found=", ".join(map(str, raw)))
        return tuple(sorted(counts, key=lambda count: count.day))

    def _parameters(self, raw: Any, field: Field) -> Any:
        number = Field(field.name, "decimal", most=10**9, decimals=6)
        values = [
            (name, _Value(self.reader, self.record, self.at, name)._decimal(value, number))
            for name, value in self._named(raw)
        ]
        if not isinstance(raw, dict) or any(value is BAD for _, value in values):
            return BAD
        return tuple(sorted(values))

    def _scope(self, raw: Any, field: Field) -> Any:
        fields = {field.name: field for field in SCOPE}
        values: dict[str, Any] = {}
        for name, value in self._named(raw):
            inner = _Value(self.reader, self.record, self.at, name)
            if name not in fields:
                near = nearest(name, fields)
                inner.refuse("unknown_field", found=name, suggestion=near, allowed=", ".join(fields))
                values[name] = BAD
            elif value not in ("", []):
                values[name] = inner.read(value, fields[name])
        if not isinstance(raw, dict) or any(value is BAD for value in values.values()):
            return BAD
        starts, ends = values.pop("starts", None), values.pop("ends", None)
        if starts and ends and ends < starts:
            return self.refuse("ends_before_start", starts=starts.isoformat(), ends=ends.isoformat())
        return Scope(period=Period(starts, ends), **values)

    def _named(self, raw: Any) -> list[tuple[str, Any]]:
        if not isinstance(raw, dict):
            self.refuse("not_named_values", found=shown(raw))
            return []
        return list(raw.items())


def shown(raw: Any) -> str:
    """A written value for a sentence: short, on one line."""
    text = raw if isinstance(raw, str) else str(raw).lower() if isinstance(raw, bool) else str(raw)
    text = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return text if len(text) <= 60 else text[:59] + "…"


def _as_day(raw: Any) -> date | None:
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == datetime.min.time() and raw.tzinfo is None else None
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        return None
    iso, dotted = _DAY.fullmatch(raw.strip()), _DOTTED_DAY.fullmatch(raw.strip())
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(dotted[3]), int(dotted[2]), int(dotted[1])) if dotted else None
    except ValueError:
        return None


def _as_number(raw: Any) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return None
    try:
        number = Decimal(raw)
        return number.normalize() + 0 if number.is_finite() and abs(number) < 10**20 else None
    except InvalidOperation:
        return None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _currencies() -> frozenset[str]:
    return frozenset(Locale("en").currencies)
