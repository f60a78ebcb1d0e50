"""`karvon people explain`: two lines, field by field, and what is found of them in the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from karvon.cli.evidence import aligned, bits_text, field_words, level_words, line_text, proof_text
from karvon.cli.language import say, word
from karvon.rules.identity.finding import Finding, Said
from karvon.rules.identity.levels import rarity
from karvon.rules.problems import Place, Problem, Refused


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision that stands about the pair."""

    verdict: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What is told of two lines, wherever they come from."""

    asked: tuple[str, str]
    finding: Finding
    names: Mapping[str, str]
    """Line -> the name exactly as written."""
    places: Mapping[str, str]
    """Line -> name, organisation and place in one line of text."""
    decision: Decided | None = None
    people: Mapping[str, str] | None = None


def explained_rows(rows: Path, a: str, b: str, language: str) -> Explained:
    """Two rows of a list, linked without any database. Raises `Refused` for rows that are not two of it."""
    from karvon.cli.main import report_problems
    from karvon.files.readers.participant_list import read_participants
    from karvon.rules.identity.finding import finding
    from karvon.rules.identity.resolve import resolve

    _refuse_one(a, b)
    read = read_participants(rows)
    lines = {line.line: line for line in read.lines}
    unknown = [row for row in (a, b) if row not in lines]
    if unknown:
        here = Place(file=rows.name)
        raise Refused(*(Problem("people.unknown_row", here, {"row": row}) for row in unknown))
    report_problems(read.problems, language)
    found = finding(a, b, lines=lines, resolution=resolve(read.lines), everybody=lambda: read.lines)
    named = {a, b, *(found.reason.lines if found.reason else ())}
    return Explained(
        asked=(a, b),
        finding=found,
        names={line: lines[line].name for line in named},
        places={
            line: line_text(lines[line].name, lines[line].organisation, lines[line].sheet, language=language)
            for line in named
        },
    )


def explained_lines(programme: str, a: str, b: str, language: str) -> Explained:
    """Two lines of a programme as they are linked now. Raises `Refused` for lines that are not two in use."""
    from karvon.queries.pairs import explained_pair, missing_lines

    _refuse_one(a, b)
    missing = missing_lines(programme, a, b)
    if missing:
        raise Refused(*(Problem("people.unknown_line", Place(key=line)) for line in missing))
    pair = explained_pair(programme, a, b)
    said = pair.decision
    return Explained(
        asked=(a, b),
        finding=pair.finding,
        names={line: proof.name for line, proof in pair.lines.items()},
        places={line: proof_text(proof, language) for line, proof in pair.lines.items()},
        decision=Decided(said.verdict, said.at, said.by, said.reason) if said else None,
        people=pair.people,
    )


def _refuse_one(a: str, b: str) -> None:
    if a == b:
        raise Refused(Problem("people.same_line", Place(key=a)))


def print_explained(told: Explained, language: str, *, of_records: bool) -> None:
    """The two lines, their evidence, what they say alone, who decided, what is found, and why."""
    _print_lines(told, told.asked, "")
    found, parts = told.finding, told.finding.evidence.parts
    rows = [
        (
            field_words(part.field, language),
            "" if part.field == "veto" else bits_text(part.weight, language),
            level_words(part, language),
        )
        for part in parts
    ]
    weight = found.evidence.weight
    rows.append((say("explain_total", language), bits_text(weight, language), chance_text(weight, language)))
    click.echo("")
    for row in aligned(rows):
        click.echo(row)
    click.echo("")
    click.echo(say("explain_alone", language, said=_state(found.alone, language)))
    if of_records:
        click.echo(say("explain_decided", language, said=_decided(told.decision, language)))
    click.echo(say("explain_found", language, said=_state(found.found, language)))
    if found.reason:
        bits = "" if found.reason.weight is None else bits_text(found.reason.weight, language)
        reason = word("explain_reason", found.reason.why, language)
        if bits:
            reason = say("explain_reason_bits", language, said=reason, bits=bits)
        click.echo(say("explain_because", language, said=reason))
        _print_lines(told, found.reason.lines, "  ")


def _print_lines(told: Explained, lines: tuple[str, ...], before: str) -> None:
    wide = max((len(line) for line in lines), default=0)
    for line in lines:
        click.echo(f"{before}{line.ljust(wide)}  {told.places.get(line, '')}".rstrip())


def chance(weight: int) -> float:
    """The chance of one person by evidence of so much (1/100 bit), with nothing else known."""
    return float(1 / (1 + 2 ** (-max(min(weight, 5000), -5000) / 100)))


def chance_text(weight: int, language: str) -> str:
    """``p = 0.989``; ``p > 0.999`` where three digits would round it up."""
    from babel.numbers import format_decimal

    from karvon.rules.wording import locale_of

    found = chance(weight)
    shown, sign = min(max(found, 0.001), 0.999), "="
    if found != shown:
        sign = ">" if found > shown else "<"
    return f"p {sign} {format_decimal(shown, format='0.000', locale=locale_of(language))}"


def _state(said: Said, language: str) -> str:
    key = said.state if said.state != "doubtful" else "together" if said.together else "apart"
    return word("explain_state", key, language)


def _decided(decision: Decided | None, language: str) -> str:
    if decision is None:
        return say("explain_undecided", language)
    from karvon.rules.reporting.dates import day_text

    at = decision.at.astimezone(UTC)
    parts = [
        word("explain_verdict", decision.verdict, language),
        f"{day_text(at.date(), language)} {at:%H:%M} UTC",
        decision.by or say("explain_at_terminal", language),
    ]
    return ", ".join(parts) + (f": {decision.reason}" if decision.reason else "")


def json_of(told: Explained) -> dict[str, Any]:
    """The same for programs: bits to a hundredth, codes instead of words."""
    found, decision = told.finding, told.decision
    data: dict[str, Any] = {
        "lines": [
            {"line": line, "name": told.names.get(line, "")}
            | ({"person": told.people[line]} if told.people else {})
            for line in told.asked
        ],
        "parts": [
            {"field": part.field, "level": part.level, "bits": part.weight / 100, "rarity": rarity(part)}
            for part in found.evidence.parts
        ],
        "total": found.evidence.weight / 100,
        "p": round(chance(found.evidence.weight), 6),
        "veto": any(part.field == "veto" for part in found.evidence.parts),
        "alone": _json_said(found.alone),
        "found": _json_said(found.found),
        "reason": None,
        "decision": None,
    }
    if found.reason:
        data["reason"] = {
            "why": found.reason.why,
            "lines": [{"line": line, "name": told.names.get(line, "")} for line in found.reason.lines],
            "bits": None if found.reason.weight is None else found.reason.weight / 100,
        }
    if decision:
        data["decision"] = {
            "verdict": decision.verdict,
            "at": decision.at.astimezone(UTC).isoformat(),
            "by": decision.by,
            "reason": decision.reason,
        }
    return data


def _json_said(said: Said) -> dict[str, Any]:
    return {"state": said.state, "together": said.together}
