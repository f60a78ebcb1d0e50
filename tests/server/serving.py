"""Servers as a user starts them."""

import re
import subprocess
from contextlib import ExitStack

from tests.installation import KARVON, Installation


def port_of(server: "subprocess.Popen[str]") -> int:
    """The port a server says it answers on."""
    assert server.stdout is not None
    said = re.search(r":(\d+)/", server.stdout.readline())
    assert said is not None
    return int(said[1])


def two_servers(installation: Installation, running: ExitStack) -> list[int]:
    """Two processes that serve one installation until ``running`` ends; their ports."""
    ports = []
    for _ in range(2):
        process = subprocess.Popen(
            [KARVON, "serve", "--language", "en", "--address", "127.0.0.1:0"],
            env=installation.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        running.callback(process.communicate)
        running.callback(process.terminate)
        ports.append(port_of(process))
    return ports
