"""Which programme a command speaks of, when an installation holds one or several."""

from karvon.queries.programme_list import programme_keys
from karvon.rules.problems import Place, Problem, Refused


def chosen_programme(asked: str) -> str:
    """The programme asked for, or the only one. Raises `Refused` naming those there are."""
    keys = programme_keys()
    if asked in keys:
        return asked
    if not asked and len(keys) == 1:
        return keys[0]
    if not keys:
        raise Refused(Problem("terminal.no_programme"))
    code = "terminal.unknown_programme" if asked else "terminal.which_programme"
    raise Refused(Problem(code, Place(key=asked), {"there": ", ".join(keys)}))
