"""`karvon people`: doubts about who is who, and deciding them."""

from typing import get_args

import click

from karvon.cli.language import language_option, raw, say
from karvon.cli.main import open_records
from karvon.rules.identity.line import Verdict


@click.group(help=raw("help_people"))
def people() -> None:
    """Doubts and decisions."""


@people.command(help=raw("help_doubts"))
@click.option("--programme", default="", help=raw("help_programme"))
@language_option()
def doubts(programme: str, language: str) -> None:
    open_records()
    from karvon.cli.choosing import chosen_programme
    from karvon.queries.results import doubts as doubtful_pairs

    pairs = doubtful_pairs(chosen_programme(programme), limit=1000)
    click.echo(say("doubts_left", language, n=len(pairs)))
    for pair in pairs:
        click.echo(f"\n{pair.a.line} {pair.b.line}  {pair.weight / 100:+.1f}")
        for line in (pair.a, pair.b):
            place = "!".join(part for part in (line.path, line.table, str(line.row or "")) if part)
            click.echo(f"  {line.name}  ·  {line.organisation}  ·  {place}")
        click.echo(
            "  " + "  ".join(f"{field} {level} {weight / 100:+.1f}" for field, level, weight in pair.parts)
        )


@people.command(help=raw("help_decide"))
@click.argument("line")
@click.argument("other")
@click.argument("verdict", type=click.Choice([*get_args(Verdict), "undo"]))
@click.option("--reason", default="", help=raw("help_reason"))
@click.option("--programme", default="", help=raw("help_programme"))
@language_option()
def decide(line: str, other: str, verdict: str, reason: str, programme: str, language: str) -> None:
    open_records()
    from karvon.actions.people import decide as decide_pair
    from karvon.actions.people import undo_decision
    from karvon.cli.choosing import chosen_programme
    from karvon.cli.results import print_results

    programme = chosen_programme(programme)
    if verdict == "undo":
        undo_decision(programme, line, other, reason=reason)
    else:
        known: Verdict = next(word for word in get_args(Verdict) if word == verdict)
        decide_pair(programme, line, other, verdict=known, reason=reason)
    click.echo(say("decided", language))
    print_results(programme, language)


@people.command(help=raw("help_relink"))
@click.option("--new-snapshot", is_flag=True, help=raw("help_new_snapshot"))
@click.option("--programme", default="", help=raw("help_programme"))
@language_option()
def relink(new_snapshot: bool, programme: str, language: str) -> None:
    open_records()
    from karvon.actions.people import relink as link_again
    from karvon.cli.choosing import chosen_programme
    from karvon.queries.register import people_of_lines

    programme = chosen_programme(programme)
    before = people_of_lines(programme)
    resolved = link_again(programme, new_snapshot=new_snapshot)
    moved = sum(before.get(line) != person for line, person in resolved.person_of.items())
    click.echo(
        say(
            "relinked",
            language,
            n=len(resolved.resolution.groups),
            snapshot=resolved.snapshot.number,
            moved=moved,
        )
    )
