"""How the figures were counted, so that somebody who doubts them can do it again."""

from collections.abc import Iterator

from karvon.files.reports.document import Block, Bullets, Column, Heading, Paragraph, Row, Run, Table, Words
from karvon.files.reports.results.voice import Voice
from karvon.rules.reporting.content import CountingNotes, ResultsReport, RuleNote
from karvon.rules.wording import fill


def blocks(report: ResultsReport, voice: Voice) -> Iterator[Block]:
    yield Heading(1, voice("counting.heading"), "counting")
    yield Heading(2, voice("counting.who_heading"), "who-counts")
    yield Paragraph(voice("counting.who"))
    if report.rules:
        yield Heading(2, voice("counting.rules_heading"), "rules")
        yield Table(
            (Column(voice("counting.rule"), share=1.4), Column(voice("counting.rule_says"), share=3)),
            tuple(_rule(rule, voice) for rule in report.rules),
            voice("counting.rules_caption"),
        )
    yield Heading(2, voice("counting.bounds_heading"), "bounds")
    yield Paragraph(voice("counting.bounds"))
    yield Bullets(tuple(_notes(report.notes, voice)))


def _rule(rule: RuleNote, voice: Voice) -> Row:
    name = voice.text(rule.name) if rule.name else Run(rule.id)
    version = Run(voice("counting.rule_version", id=rule.id, version=rule.version), "muted", breaks=True)
    said = fill(voice.say(rule.sentence), voice.language, dict(rule.facts))
    says: list[Run] = [Run(said, language=voice.text(rule.sentence).language)]
    if rule.source:
        says.append(Run(voice("counting.source", source=rule.source), "muted", breaks=True))
    if not rule.verified:
        says.append(Run(voice("counting.unverified"), "muted", breaks=True))
    return Row(((Run(name.text, "strong", name.language), version), tuple(says)))


def _notes(notes: CountingNotes, voice: Voice) -> Iterator[Words]:
    yield voice("counting.lines", n=notes.lines)
    yield _how_many("certain", notes.certain_unseen, voice)
    yield _how_many("doubts", notes.doubts_left, voice)
    if notes.decisions:
        yield voice("counting.decisions", n=notes.decisions)
    yield _how_many("unnamed", notes.unnamed_heads, voice)


def _how_many(what: str, number: int, voice: Voice) -> str:
    return voice(f"counting.{what}", n=number) if number else voice(f"counting.{what}_none")
