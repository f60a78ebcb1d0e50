"""`karvon people`: doubts about who is who, and deciding them."""

from pathlib import Path
from typing import get_args

import click

from karvon.cli.language import language_option, raw, say
from karvon.cli.main import open_records, report_problems
from karvon.rules.identity.line import Verdict


@click.group(help=raw("help_people"))
def people() -> None:
    """Doubts and decisions."""


@people.command(help=raw("help_doubts"))
@click.option("--page", type=click.IntRange(min=1), default=1, help=raw("help_page"))
@click.option("--size", type=click.IntRange(1, 10_000), default=50, help=raw("help_page_size"))
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--json", "as_json", is_flag=True, help=raw("help_json"))
@language_option()
def doubts(page: int, size: int, programme: str, as_json: bool, language: str) -> None:
    open_records()
    from karvon.cli.choosing import chosen_programme
    from karvon.cli.doubts import print_doubt
    from karvon.cli.results import print_json, unreviewed_text
    from karvon.queries.results import certain_unreviewed
    from karvon.queries.results import doubts as doubtful_pairs

    programme = chosen_programme(programme)
    pairs, shown = doubtful_pairs(programme, page=page, size=size)
    unreviewed = certain_unreviewed(programme)
    if as_json:
        print_json({"doubts": pairs, "page": shown, "certain_unreviewed": unreviewed})
        return
    click.echo(say("doubts_left", language, n=shown.total))
    for pair in pairs:
        print_doubt(pair, language)
    click.echo("")
    click.echo(unreviewed_text(unreviewed, language))
    if shown.number < shown.pages:
        facts = {"page": shown.number, "pages": shown.pages, "next": shown.number + 1}
        click.echo(say("doubts_page", language, **facts))


@people.command(help=raw("help_explain"))
@click.argument("row")
@click.argument("other")
@click.option("--rows", type=click.Path(path_type=Path), help=raw("help_explain_rows"))
@click.option("--programme", default="", help=raw("help_programme"))
@click.option("--json", "as_json", is_flag=True, help=raw("help_json"))
@language_option()
def explain(row: str, other: str, rows: Path | None, programme: str, as_json: bool, language: str) -> None:
    import json

    from karvon.cli.explaining import explained_lines, explained_rows, json_of, print_explained

    if rows is not None:
        told = explained_rows(rows, row, other, language)
    else:
        open_records()
        from karvon.cli.choosing import chosen_programme

        told = explained_lines(chosen_programme(programme), row, other, language)
    if as_json:
        click.echo(json.dumps(json_of(told), ensure_ascii=False, indent=1))
    else:
        print_explained(told, language, of_records=rows is None)


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
        click.echo(say("taken_back", language))
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
    from karvon.queries.crowds import crowd_problems
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
    report_problems(crowd_problems(programme, resolved.resolution.too_large), language)


@people.command(help=raw("help_resolve"))
@click.argument("rows", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--engine",
    type=click.Choice(("built-in", "duckdb", "spark")),
    default="built-in",
    show_default=True,
    help=raw("help_engine"),
)
@language_option()
def resolve(rows: Path, out: Path, engine: str, language: str) -> None:
    from karvon.cli.participants import clusters, refuse_to_overwrite, write_clusters

    refuse_to_overwrite(rows, out)
    found = clusters(rows, language, engine=engine)
    write_clusters(out, found)
    click.echo(
        say(
            "resolved",
            language,
            n=len(found.rows),
            people=len(set(found.cluster.values())),
            certain=len(set(found.certain.values())),
            path=str(out),
        ),
        err=True,
    )
    click.echo(say("links_unreviewed", language), err=True)


@people.command(help=raw("help_count"))
@click.argument("rows", type=click.Path(path_type=Path))
@click.option("--groups", required=True, type=click.Path(path_type=Path), help=raw("help_groups"))
@click.option("--json", "as_json", is_flag=True, help=raw("help_json"))
@language_option()
def count(rows: Path, groups: Path, as_json: bool, language: str) -> None:
    import json

    from karvon.cli.participants import counted, linked
    from karvon.files.readers.participant_list import read_groups

    sheets = read_groups(groups)
    found = counted(linked(rows, language), sheets, groups, language)
    if as_json:
        click.echo(json.dumps({"groups": found}, ensure_ascii=False))
        return
    columns = ("lower", "low95", "best", "high95", "upper")
    wide = max([len(say("count_group", language)), *(len(str(one["group_id"])) for one in found)])
    click.echo(say("count_group", language).ljust(wide) + "".join(f"{column:>8}" for column in columns))
    for one in found:
        click.echo(str(one["group_id"]).ljust(wide) + "".join(f"{one[column]:>8}" for column in columns))
    click.echo(say("links_unreviewed", language))
