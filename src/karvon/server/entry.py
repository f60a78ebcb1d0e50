"""The program ``karvon``: the command line with the doors of the server."""

from karvon.cli.main import command_line, run


def main() -> None:
    doors = {
        "serve": "karvon.server.serve:serve",
        "check": "karvon.server.check:check",
        "tidy": "karvon.server.tidying:tidy",
        "demo": "karvon.server.demo:demo",
    }
    run(command_line(doors))
