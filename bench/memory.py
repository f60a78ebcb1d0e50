"""What the server holds in memory when it has answered and rests."""

from pathlib import Path

from bench import Row
from bench.home import empty_home, karvon, served

EXAMPLE = Path(__file__).parent.parent / "examples" / "uzbekistan-2018"


def resident_megabytes(process: int) -> float:
    """Resident memory of a process and all it started, from Linux's own account."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    own = next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmRSS"))
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    return own + sum(resident_megabytes(int(child)) for child in children)


def measure() -> list[Row]:
    with empty_home() as environment:
        karvon("import", EXAMPLE, environment=environment)
        with served(environment) as (process, _):
            return [Row("memory of the server at rest", resident_megabytes(process), None, "MB", 150)]
