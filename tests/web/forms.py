"""What a browser would send of a form as it came."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.values: dict[str, list[str]] = {}
        self.choosing = ""
        self.options: list[tuple[str, bool]] = []
        self.area = ""
        self.written = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "writing" in had.get("class", "")
        if not self.inside:
            return
        if tag == "input" and (had.get("type") != "checkbox" or "checked" in had):
            self._add(had["name"], had.get("value", ""))
        elif tag == "select":
            self.choosing, self.options = had["name"], []
        elif tag == "option":
            self.options.append((had.get("value", ""), "selected" in had))
        elif tag == "textarea":
            self.area, self.written = had["name"], ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.choosing:
            chosen = [value for value, ticked in self.options if ticked] or [self.options[0][0]]
            self._add(self.choosing, chosen[0])
            self.choosing = ""
        elif tag == "textarea" and self.area:
            self._add(self.area, self.written.removeprefix("\n").replace("\n", "\r\n"))
            self.area = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.area:
            self.written += data

    def _add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


def filled(html: str) -> dict[str, list[str]]:
    """Name -> values of the form in which something is written down, as they stand on the page."""
    form = _Form()
    form.feed(html)
    form.values.pop("csrfmiddlewaretoken", None)
    return form.values
