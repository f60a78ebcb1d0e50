"""Every page of the website, by the name of its address."""

from django.urls import get_resolver

PAGES = {
    "overview": "",
    "results": "results/",
    "figure": "results/trained/",
    "counted": "results/trained/people/?contract=lv79",
    "left-out": "results/trained/left-out/",
    "statements": "statements/",
    "statement": "statements/said-1/",
    "doubts": "doubts/",
    "counting": "how-we-count/",
    "contracts": "contracts/",
    "contract": "contracts/lv79/",
    "visits": "visits/",
    "visit": "visits/visit-1/",
    "events": "events/",
    "event": "events/event-1/",
    "people": "people/",
    "person": "people/{key}-p00001/",
    "organisations": "organisations/",
    "organisation": "organisations/water/",
    "recommendations": "recommendations/",
    "proposals": "proposals/",
    "sheets": "sheets/",
    "sheet": "sheets/sheet-0/",
    "documents": "documents/",
    "journal": "journal/",
    "reports": "reports/",
    "search": "search/",
}
NO_PAGES = {"home", "line", "file", "image"}
"""Addresses that lead elsewhere or hand out a file."""
CODES = ("lv", "en", "ru", "uz", "uz-cyrl")


def address(name: str, *, programme: str, code: str = "en") -> str:
    return f"/{code}/{programme}/{PAGES[name].format(key=programme)}"


def named_addresses() -> set[str]:
    """The names of all addresses there are."""
    found: set[str] = set()
    for pattern in get_resolver().url_patterns:
        found |= {inner.name for inner in getattr(pattern, "url_patterns", [])}
    return found
