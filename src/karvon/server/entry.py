"""The program ``karvon``: the command line with the doors of the server."""

from karvon.cli.main import command_line, run


def main() -> None:
    run(command_line({"serve": "karvon.server.serve:serve", "demo": "karvon.server.demo:demo"}))
