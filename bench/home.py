"""A data folder for one measurement, and the command ``karvon`` in it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

KARVON = Path(sys.executable).with_name("karvon")


@contextmanager
def empty_home() -> Iterator[dict[str, str]]:
    """The environment of a new installation on SQLite; its folder is gone afterwards."""
    with TemporaryDirectory(prefix="karvon-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        yield {**environment, "KARVON_HOME": folder}


def karvon(*arguments: str | Path, environment: dict[str, str]) -> str:
    """What the command printed; a failure carries what it said."""
    done = subprocess.run(
        [KARVON, *arguments], check=False, env=environment, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise RuntimeError(f"karvon {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[int, float]]:
    """A running server: its process id, and the seconds from its start to its first answer 200."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    started = time.perf_counter()
    server = subprocess.Popen(
        [KARVON, "serve", "--address", address], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while not _answers(f"http://{address}/"):
            if server.poll() is not None:
                raise RuntimeError(f"karvon serve ended with {server.returncode}")
            time.sleep(0.005)
        yield server.pid, time.perf_counter() - started
    finally:
        server.terminate()
        server.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except urllib.error.HTTPError as refusal:
        raise RuntimeError(f"{url} answers {refusal.code}") from None
    except OSError:
        return False
