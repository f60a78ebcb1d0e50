"""The door: rows in, people out."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal, NamedTuple

from karvon.bulk.crew import cores
from karvon.bulk.deciding import Weighed, assign, components, weigh
from karvon.bulk.joining import Engine, met_classes
from karvon.bulk.reading import Register, read_register
from karvon.rules.identity.deciding import said_of
from karvon.rules.identity.line import Decision, IdentityLine, Resolution, Snapshot

EngineName = Literal["duckdb", "spark"]

FEW = 2_000
"""Lines so few that starting workers would take longer than the work."""


class EngineMissing(ImportError):
    """The engine asked for is not installed; ``pip install karvon[bulk]`` brings both."""


class Assigned(NamedTuple):
    """A line, the first line of its likeliest group, and the first line of those it is certainly one person with."""

    line: str
    cluster: str
    certain: str


def resolve(
    rows: Iterable[IdentityLine],
    *,
    engine: EngineName = "duckdb",
    snapshot: Snapshot | None = None,
    decisions: Iterable[Decision] = (),
    workdir: Path | None = None,
    processes: int | None = None,
    memory: str = "1GB",
    too_large: list[tuple[str, ...]] | None = None,
) -> Iterator[Assigned]:
    """Every line once, people together: the groups and certain matches of ``rules.identity.resolve.resolve``.

    ``rows`` is read once, from start to end; the ids of its lines differ. Without a ``snapshot`` one is taken of
    these rows. ``workdir`` is where a folder only this user can read is made for what does not fit into memory; it
    is gone when the last line has been given, or the iterator is closed. ``memory`` is what DuckDB may take.
    ``too_large`` is given ``Resolution.too_large`` when the last line has been.
    """
    engaged = _engine(engine, memory=memory, threads=processes or cores())
    return _assigned(
        rows, engaged, snapshot, decisions, workdir, processes, [] if too_large is None else too_large
    )


def _assigned(
    rows: Iterable[IdentityLine],
    engine: Engine,
    snapshot: Snapshot | None,
    decisions: Iterable[Decision],
    workdir: Path | None,
    processes: int | None,
    too_large: list[tuple[str, ...]],
) -> Iterator[Assigned]:
    with _folder(workdir) as folder:
        register, weighed, crew = _weighed(rows, engine, snapshot, folder, processes)
        said = said_of(decisions, {f.line: at for at, f in enumerate(register.read)})
        names = [f.line for f in register.read]
        crowds: list[tuple[int, ...]] = []
        for at, cluster, certain in assign(register, weighed, said, processes=crew, too_large=crowds):
            yield Assigned(names[at], names[cluster], names[certain])
        too_large.extend(sorted(tuple(names[at] for at in crowd) for crowd in crowds))


def resolution(
    rows: Iterable[IdentityLine],
    *,
    engine: EngineName = "duckdb",
    snapshot: Snapshot | None = None,
    decisions: Iterable[Decision] = (),
    workdir: Path | None = None,
    processes: int | None = None,
    memory: str = "1GB",
) -> Resolution:
    """As ``resolve``, with every match and the snapshot, in memory: equal to what the built-in engine gives."""
    engaged = _engine(engine, memory=memory, threads=processes or cores())
    with _folder(workdir) as folder:
        register, weighed, crew = _weighed(rows, engaged, snapshot, folder, processes)
        said = said_of(decisions, {f.line: at for at, f in enumerate(register.read)})
        decided = list(components(register, weighed, said, processes=crew))
    groups = sorted(group for component in decided for group in component.groups)
    matches = (match for component in decided for match in component.matches)
    return Resolution(
        groups=tuple(tuple(register.read[at].line for at in group) for group in groups),
        matches=tuple(sorted(matches, key=lambda match: (match.a, match.b))),
        snapshot=register.snapshot,
        chances=tuple(chance for component in decided for chance in component.chances),
        too_large=tuple(
            sorted(
                tuple(register.read[at].line for at in crowd)
                for component in decided
                for crowd in component.too_large
            )
        ),
    )


def _weighed(
    rows: Iterable[IdentityLine],
    engine: Engine,
    snapshot: Snapshot | None,
    folder: Path,
    processes: int | None,
) -> tuple[Register, Weighed, int]:
    crew = processes or cores()
    register = read_register(rows, snapshot=snapshot, folder=folder, processes=crew)
    if len(register.read) <= FEW and processes is None:
        crew = 1
    classes, pairs = met_classes(register, engine, folder=folder, processes=crew)
    return register, weigh(register, classes, pairs, processes=crew), crew


def _engine(name: EngineName, *, memory: str, threads: int) -> Engine:
    module = {"duckdb": "duckdb", "spark": "pyspark"}[name]
    if find_spec(module) is None:
        raise EngineMissing(f"{module} is not installed: pip install 'karvon[bulk]'", name=module)
    if name == "spark":
        from karvon.bulk.on_spark import Spark

        return Spark()
    from karvon.bulk.on_duckdb import DuckDB

    return DuckDB(memory=memory, threads=threads)


@contextmanager
def _folder(workdir: Path | None) -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="karvon-", dir=workdir))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
