"""A doubt in the terminal: its lines, its evidence, and what a decision about it would settle."""

from collections.abc import Iterator

import click

from karvon.cli.evidence import bits_text, field_words, level_words, proof_text
from karvon.cli.language import say, word
from karvon.queries.results import DoubtfulPair, SettledStatement
from karvon.rules.identity.line import EvidencePart


def print_doubt(pair: DoubtfulPair, language: str) -> None:
    """The ids to decide with, then both lines, the evidence in one line, and what would come of a decision."""
    click.echo(f"\n{pair.a.line} {pair.b.line}  {bits_text(pair.weight, language)}")
    for line in (pair.a, pair.b):
        click.echo(f"  {proof_text(line, language)}")
    if pair.parts:
        click.echo("  " + "   ".join(_part(EvidencePart(*part), language) for part in pair.parts))
    for sentence in _useful(pair, language):
        click.echo(f"  {sentence}")


def _part(part: EvidencePart, language: str) -> str:
    return f"{field_words(part.field, language)} {bits_text(part.weight, language)} {level_words(part, language)}"


def _useful(pair: DoubtfulPair, language: str) -> Iterator[str]:
    for one in pair.settles:
        answers = ", ".join(_answers(one, language))
        yield say("doubt_settles", language, statement=one.text.say(language), answers=answers)
    for helped in pair.helps:
        yield say("doubt_helps", language, statement=helped.text.say(language))
    for narrowed in pair.narrows:
        yield say("doubt_narrows", language, figure=narrowed.text.say(language))
    if pair.looked_at:
        yield say("doubt_looked_at", language)


def _answers(one: SettledStatement, language: str) -> Iterator[str]:
    for answer, verdict in (("same", one.same), ("different", one.different)):
        if verdict != "open":
            yield say(
                "doubt_answer",
                language,
                answer=word("doubt_if", answer, language),
                verdict=say(f"verdict_{verdict}", language),
            )
