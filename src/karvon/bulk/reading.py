"""Lines in any number -> their features, in little memory: rows rest on disk, equal values are held once."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from karvon.bulk.crew import each
from karvon.rules.identity import snapshot as measuring
from karvon.rules.identity.features import Features, name_of
from karvon.rules.identity.line import IdentityLine, Snapshot
from karvon.rules.names.parse import ParsedName

CHUNK = 10_000
"""Rows that are read at once."""

_FIELDS = attrgetter(*(field.name for field in fields(Features)[:-1]))
"""All but ``turned``, which is the last."""


@dataclass(frozen=True, slots=True)
class Register:
    """Features of all lines, sorted by line: what the built-in engine calls ``read``."""

    read: list[Features]
    snapshot: Snapshot


def read_register(
    rows: Iterable[IdentityLine], *, snapshot: Snapshot | None, folder: Path, processes: int
) -> Register:
    """Read every row; without a ``snapshot`` the one ``take_snapshot`` would take of these rows is taken."""
    chunks = list(_kept(rows, folder))
    shares: Mapping[str, int] | None = None if snapshot is None else snapshot.tables["given_share"]
    if shares is None:
        sure = (
            ParsedName(given=given, surname=surname, surname_as_written=written, sure=True)
            for names in each(_sure_names, chunks, shared=None, processes=processes)
            for given, surname, written in names
        )
        shares = measuring.given_shares(sure)
    read: list[Features] = []
    held: dict[Any, Any] = {}
    for chunk, _ in zip(chunks, each(_read, chunks, shared=shares, processes=processes), strict=True):
        read.extend(_shared_values(pickle.loads(_features_of(chunk).read_bytes()), held))  # noqa: S301 - our own file
        _features_of(chunk).unlink()
        chunk.unlink()
    del held
    read.sort(key=attrgetter("line"))
    if snapshot is None:
        snapshot = measuring.measure(read, shares=shares, number=1)
    return Register(read=read, snapshot=snapshot)


def _kept(rows: Iterable[IdentityLine], folder: Path) -> Iterator[Path]:
    source = iter(rows)
    number = 0
    while chunk := list(islice(source, CHUNK)):
        path = folder / f"rows-{number:06d}"
        path.write_bytes(pickle.dumps([(line, None) for line in chunk], pickle.HIGHEST_PROTOCOL))
        number += 1
        yield path


def _features_of(chunk: Path) -> Path:
    return chunk.with_name(chunk.name.replace("rows", "features"))


def _sure_names(_: None, chunk: Path) -> list[tuple[str, str, str]]:
    """The names whose order was plain; all parsed names rest beside their lines for the second reading."""
    lines: list[IdentityLine] = [line for line, _ in pickle.loads(chunk.read_bytes())]  # noqa: S301 - our own file
    names = [name_of(line) for line in lines]
    chunk.write_bytes(pickle.dumps(list(zip(lines, names, strict=True)), pickle.HIGHEST_PROTOCOL))
    return [(name.given, name.surname, name.surname_as_written) for name in names if name.sure]


def _read(shares: Mapping[str, int], chunk: Path) -> None:
    kept: list[tuple[IdentityLine, ParsedName | None]] = pickle.loads(chunk.read_bytes())  # noqa: S301 - our own file
    lines = [line for line, _ in kept]
    names = [name for _, name in kept if name is not None]
    features = measuring.read_lines(lines, shares=shares, names=names or None)
    plain = [(_FIELDS(f), None if f.turned is None else _FIELDS(f.turned)) for f in features]
    _features_of(chunk).write_bytes(pickle.dumps(plain, pickle.HIGHEST_PROTOCOL))


def _shared_values(
    plain: list[tuple[tuple[Any, ...], tuple[Any, ...] | None]], held: dict[Any, Any]
) -> Iterator[Features]:
    """Features whose equal parts are one object: a name or an organisation of a thousand lines is held once."""
    hold = held.setdefault
    made: Callable[..., Features] = Features
    for own, turned in plain:
        other = None if turned is None else made(*(hold(value, value) for value in turned), None)
        yield made(*(hold(value, value) for value in own), other)
