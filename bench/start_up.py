"""From the command to its first sign of life: ``karvon --version``, and the server's first page."""

import subprocess
import sys
from statistics import median

from bench import Row, seconds
from bench.home import empty_home, karvon, served


def measure() -> list[Row]:
    with empty_home() as environment:
        version = seconds(lambda: karvon("--version", environment=environment), times=9)
        python = seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True), times=9)
        with served(environment):
            pass  # the first start makes the database
        starts = []
        for _ in range(5):
            with served(environment) as (_, took):
                starts.append(took)
    return [
        Row("start of Python itself", python, None, "s", None),
        Row("start of karvon --version", version, None, "s", 0.3),
        Row("start of the server to its first page", median(starts), None, "s", 2),
    ]
