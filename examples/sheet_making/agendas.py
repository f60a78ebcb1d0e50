"""The agenda of each visit as a PDF, from ``programme.toml``: what the guests were sent."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

_HEADING = {"incoming": ("lv", "ru"), "outgoing": ("en", "uz")}
"""The languages of an agenda, by the direction of the visit."""
_NOTE = {
    "lv": "Mācību paraugs; visi cilvēki izdomāti.", "en": "Training example; everybody in it is invented.",
    "ru": "Учебный пример; все люди вымышлены.", "uz": "Oʻquv namunasi; barcha kishilar oʻylab topilgan.",
}  # fmt: skip


def agendas(folder: Path) -> Iterator[tuple[str, bytes]]:
    """File name below ``documents/`` and content, a PDF for each visit."""
    with (folder / "programme.toml").open("rb") as file:
        told = tomllib.load(file)
    experts = {expert["key"]: expert["names"][0] for expert in told["expert"]}
    for visit in told["visit"]:
        events = [event for event in told["event"] if event["visit"] == visit["key"]]
        yield f"agenda-{visit['key']}.pdf", _pdf(visit, events, experts)


def _pdf(visit: dict[str, Any], events: list[dict[str, Any]], experts: dict[str, str]) -> bytes:
    first, second = _HEADING[visit["direction"]]
    rows = "\n".join(_row(event, experts, first, second) for event in events)
    source = f"""
#set document(title: {_string(visit["title"][first])}, date: none)
#set page(paper: "a4", margin: 22mm)
#set text(size: 10pt, lang: "{first}")
#set table(stroke: none, inset: (x: 4pt, y: 5pt))
#text(8pt, fill: luma(40%))[#{_string(_NOTE[first] + " " + _NOTE[second])}]
#v(4mm)
#text(16pt, weight: "bold")[#{_string(visit["title"][first])}] \\
#text(12pt, fill: luma(30%))[#{_string(visit["title"][second])}]
#v(2mm)
#{_string(visit["purpose"][first])}
#v(3mm)
#table(columns: (30mm, 1fr), table.hline(stroke: 0.6pt),
{rows}
table.hline(stroke: 0.6pt))
"""
    out = typst.compile(
        source.encode(),
        format="pdf",
        ignore_system_fonts=True,
        timestamp=int(datetime(2018, 9, 3, tzinfo=UTC).timestamp()),
    )
    if not isinstance(out, bytes):
        raise TypeError("an agenda is one PDF")
    return out


def _row(event: dict[str, Any], experts: dict[str, str], first: str, second: str) -> str:
    starts, ends = event["starts"], event.get("ends", event["starts"])
    days = f"{starts:%d.%m.%Y}" if starts == ends else f"{starts:%d}–{ends:%d.%m.%Y}"
    people = ", ".join(experts[key] for key in event.get("trainers", []))
    tail = f" \\ #text(9pt)[#{_string(people)}]" if people else ""
    return (
        f"[{days}], [*#{_string(event['title'][first])}* \\ "
        f"#text(9pt, fill: luma(30%))[#{_string(event['title'][second])}]{tail}],"
    )


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
