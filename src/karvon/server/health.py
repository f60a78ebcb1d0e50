"""Whether the installation is well, and the page that says so to proxies and monitoring.

The page tells strangers one word. What is wrong stands in the log, in codes: nothing personal, and once per change.
"""

import logging
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from karvon.rules.problems import Place, Problem

LOG: Final = logging.getLogger(__name__)
PATH: Final = "/-/health/"
LEAST_FREE: Final = 500_000_000
"""Bytes that must be free: a few of the largest uploads, each kept twice while it is taken in."""


def problems(home: Path, *, least_free: int = LEAST_FREE) -> tuple[Problem, ...]:
    """Everything that keeps this installation from working; nothing where all is well. Costs a few milliseconds."""
    return (*_of_the_database(), *_of_the_folder(home), *_of_the_disk(home, least_free))


def free_bytes(home: Path) -> int:
    """Room on the disk that holds the data folder."""
    return shutil.disk_usage(_there(home)).free


class HealthPage:
    """Answers ``/-/health/`` before anything asks who is there: no session, no account, no language.

    200 and ``ok``, or 503 and ``not ok``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.said: tuple[str, ...] = ()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info != PATH:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        found = problems(settings.KARVON_HOME)
        self._log(tuple(problem.code for problem in found))
        return HttpResponse(
            "not ok\n" if found else "ok\n",
            status=503 if found else 200,
            content_type="text/plain; charset=utf-8",
            headers={"Cache-Control": "no-store"},
        )

    def _log(self, codes: tuple[str, ...]) -> None:
        if codes != self.said:
            LOG.warning("Health: %s", ", ".join(codes) or "ok again")
            self.said = codes


@cache
def _on_disk() -> frozenset[tuple[str, str]]:
    """The migrations this version of Karvon comes with."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _of_the_database() -> tuple[Problem, ...]:
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except Error as error:
        return (Problem("server.database_silent", facts={"why": " ".join(str(error).split())[:200]}),)
    found = []
    if missing := _on_disk() - applied:
        found.append(Problem("server.database_older", facts={"n": len(missing)}))
    if unknown := {one for one in applied - _on_disk() if one[0] == "records"}:
        found.append(Problem("server.database_newer", facts={"n": len(unknown)}))
    return tuple(found)


def _of_the_folder(home: Path) -> tuple[Problem, ...]:
    """Writes a byte where evidence files are written, into a file that has no name."""
    folder = _there(home / "evidence")
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")
            probe.flush()
    except OSError as error:
        return (Problem("server.folder_closed", Place(file=str(folder)), {"why": error.strerror or ""}),)
    return ()


def _of_the_disk(home: Path, least: int) -> tuple[Problem, ...]:
    free = free_bytes(home)
    if free >= least:
        return ()
    facts = {"free": free // 1_000_000, "least": least // 1_000_000}
    return (Problem("server.disk_full", Place(file=str(home)), facts),)


def _there(folder: Path) -> Path:
    """The folder itself, or the nearest above it that exists: what is not there yet will be made in it."""
    return next(one for one in (folder, *folder.parents) if one.exists())
