"""`karvon results` and `karvon trace`: what can be said, and what proves it."""

import json
from dataclasses import asdict, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import click

from karvon.cli.language import language_option, raw, say
from karvon.cli.main import open_records
from karvon.rules.problems import Place, Problem, Refused


def plain(value: Any) -> Any:
    """Typed rows as plain JSON values: numbers as numbers, days as ISO 8601, texts per language."""
    from karvon.rules.programme.text import Text

    if isinstance(value, Text):
        return dict(value.said)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in asdict(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def print_json(value: Any) -> None:
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1))


def figure_text(figure: Any) -> str:
    """``161`` where nothing is in doubt, else ``161 (155-163)``."""
    if figure is None:
        return ""
    return str(figure.best) if figure.settled else f"{figure.best} ({figure.lower}–{figure.upper})"


def print_table(rows: list[list[str]]) -> None:
    """Columns aligned; the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first = row[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        click.echo("  ".join((first, *rest)).rstrip())


def unreviewed_text(unreviewed: int, language: str) -> str:
    """How many certain matches no person has looked at: what the bounds rest on is always said."""
    return (
        say("certain_unreviewed", language, n=unreviewed) if unreviewed else say("certain_reviewed", language)
    )


def print_results(programme: str, language: str) -> None:
    """The table of figures and the judged statements of one programme."""
    from karvon.queries.results import (
        certain_unreviewed,
        doubt_count,
        indicator_results,
        statement_results,
    )

    results = indicator_results(programme)
    numbers = {c.contract: c.number for result in results for c in result.by_contract}
    head = [say("results_indicator", language), *numbers.values()]
    rows = [
        [
            *head,
            say("results_overlap", language),
            say("results_union", language),
            say("results_programme", language),
        ]
    ]
    for result in results:
        of = {c.contract: figure_text(c.figure) for c in result.by_contract}
        overlaps = " / ".join(figure_text(overlap.figure) for overlap in result.overlaps)
        cells = [*(of.get(contract, "") for contract in numbers), overlaps, figure_text(result.union)]
        rows.append([result.title.say(language), *cells, figure_text(result.figure)])
    print_table(rows)
    statements = statement_results(programme)
    if statements:
        click.echo("")
        click.echo(say("results_statements", language))
    for statement in statements:
        verdict = say(f"verdict_{statement.verdict}", language)
        click.echo(f"  {verdict:<15} {statement.text.say(language)}  [{figure_text(statement.figure)}]")
    click.echo("")
    click.echo(say("import_doubts", language, n=doubt_count(programme)))
    click.echo(unreviewed_text(certain_unreviewed(programme), language))


DIMENSIONS: Final = (
    "contract", "month", "quarter", "year", "sector", "region", "sex", "organisation", "country", "visit", "event"
)  # fmt: skip
"""What figures can be broken down by; a test holds it to what the queries know."""


def print_parts(programme: str, by: str, language: str) -> None:
    """Every figure of people in its parts: the likeliest number with its bounds."""
    from karvon.queries.results import Once

    once = Once(programme)
    for title, found in parts_of(programme, by, once=once):
        click.echo("")
        rows = [[title.say(language), figure_text(found.total)]]
        for part in found.parts:
            named = {"": "part_not_stated", "several": "part_several"}.get(part.value)
            words = say(named, language) if named else part.name.say(language) or part.value
            rows.append([f"  {words}", figure_text(part.figure)])
        print_table(rows)
        if not found.exclusive and found.overlap:
            click.echo(say("parts_do_not_add_up", language, sum=found.added))


def parts_of(programme: str, by: str, *, once: Any) -> list[tuple[Any, Any]]:
    """The titles of the figures of people, each with its parts."""
    from karvon.queries.results import indicator_results, parts

    return [
        (result.title, found)
        for result in indicator_results(programme, once=once)
        if (found := parts(programme, result.key, by, once=once))  # type: ignore[arg-type]  # click allows only these
    ]


@click.command(help=raw("help_results"))
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--by", type=click.Choice(DIMENSIONS), help=raw("help_results_by"))
@click.option("--json", "as_json", is_flag=True, help=raw("help_json"))
@language_option()
def results(programme: str, by: str | None, as_json: bool, language: str) -> None:
    open_records()
    from karvon.cli.choosing import chosen_programme
    from karvon.queries.results import (
        certain_unreviewed,
        doubt_count,
        indicator_results,
        statement_results,
    )

    programme = chosen_programme(programme)
    if by:
        from karvon.queries.results import Once

        if as_json:
            found = [
                {"figure": title, "parts": told}
                for title, told in parts_of(programme, by, once=Once(programme))
            ]
            print_json({"programme": programme, "by": by, "figures": found})
        else:
            print_parts(programme, by, language)
        return
    if as_json:
        print_json(
            {
                "programme": programme,
                "indicators": indicator_results(programme),
                "statements": statement_results(programme),
                "doubts_left": doubt_count(programme),
                "certain_unreviewed": certain_unreviewed(programme),
            }
        )
        return
    print_results(programme, language)


@click.command(help=raw("help_trace"))
@click.argument("indicator")
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--contract", default="", help=raw("help_contract"))
@click.option("--json", "as_json", is_flag=True, help=raw("help_json"))
@language_option()
def trace(indicator: str, programme: str, contract: str, as_json: bool, language: str) -> None:
    open_records()
    from karvon.cli.choosing import chosen_programme
    from karvon.queries.results import (
        certain_unreviewed,
        counted_people,
        indicator_result,
        indicator_results,
        rule_sentence,
    )

    programme = chosen_programme(programme)
    result = indicator_result(programme, indicator)
    if result is None:
        there = ", ".join(known.key for known in indicator_results(programme))
        raise Refused(Problem("terminal.unknown_indicator", Place(key=indicator), {"there": there}))
    numbers = {known.contract: known for known in result.by_contract}
    if contract and contract not in numbers:
        contract = next((key for key, known in numbers.items() if known.number == contract), contract)
        if contract not in numbers:
            there = ", ".join(known.number for known in result.by_contract)
            raise Refused(Problem("terminal.unknown_contract", Place(key=contract), {"there": there}))
    figure = numbers[contract].figure if contract else result.figure
    people, _ = counted_people(programme, indicator, contract=contract or None, size=10**9)
    scope = replace(result.scope, contracts=(contract,)) if contract else result.scope
    # what is counted from the records themselves rests on no match
    unreviewed = certain_unreviewed(programme, scope) if result.rule else 0
    if as_json:
        told = {"indicator": result, "contract": contract, "figure": figure, "people": people}
        print_json({**told, "certain_unreviewed": unreviewed})
        return
    click.echo(f"{result.title.say(language)}: {figure_text(figure)}")
    if contract:
        click.echo(say("trace_contract", language, number=numbers[contract].number))
    if result.rule:
        click.echo(say("trace_rule", language, rule=result.rule, version=result.rule_version))
        click.echo(rule_sentence(result, language))
        click.echo(unreviewed_text(unreviewed, language))
    for number, person in enumerate(people, 1):
        click.echo(f"\n{number:>4}. {person.shown_name}  [{person.person}]")
        for line in person.lines:
            place = "!".join(part for part in (line.path, line.table, str(line.row)) if part)
            if line.scan_path and line.page:
                proof = say("trace_scan_page", language, path=line.scan_path, page=line.page)
            elif line.scan_path:
                proof = say("trace_scan", language, path=line.scan_path)
            else:
                proof = say("trace_transcript", language)
            days = ", ".join(day.isoformat() for day in line.days)
            click.echo(f"      {line.name}  ·  {line.event_title.say(language)}  {days}".rstrip())
            click.echo(f"        {place}  sha256:{line.sha256}  {proof}")
