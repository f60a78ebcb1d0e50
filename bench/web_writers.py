"""Four people writing at once over HTTP: two settle doubts, one changes events, one writes down visits."""

import http.client
import re
import threading
import urllib.parse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from tests.web.forms import filled

EACH: Final = 15
"""Writes of each person."""
EVENTS: Final = 10
"""Events that are renamed, each more than once."""
DOUBT: Final = re.compile(r'<form[^>]*action="[^"]*/doubts/decide/[^"]*"[^>]*>(.*?)</form>', re.DOTALL)
WRONG: Final = re.compile(r'(?:role="alert"|class="wrong" id=)[^>]*>(.*?)</(?:p|div)>', re.DOTALL)
HIDDEN: Final = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Person:
    """Somebody signed in, with a connection of their own."""

    port: int
    session: str
    connection: http.client.HTTPConnection = field(init=False)
    token: str = ""
    said: Counter[str] = field(default_factory=Counter)
    """What became of each write: ``done``, ``told: why not`` (somebody else was first, say), or an error."""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, path: str, form: dict[str, list[str]] | None = None) -> tuple[int, str]:
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": [self.token]}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("POST" if form is not None else "GET", path, body, headers)
        answer = self.connection.getresponse()
        html = answer.read().decode()
        if cookie := re.search(r"csrftoken=(\w+)", answer.getheader("Set-Cookie", "")):
            self.token = cookie[1]
        return answer.status, html

    def write(self, path: str, form: dict[str, list[str]]) -> None:
        status, html = self.ask(path, form)
        if status in (200, 409):  # the form again: what is wrong stands beside a field, or on top
            wrong = [unescape(re.sub(r"<[^>]+>", " ", said)) for said in WRONG.findall(html)]
            self.said[f"told: {' '.join(' '.join(wrong).split())[-120:]}"] += 1
        else:
            self.said["done" if status == 302 else f"error {status}"] += 1


def settle_doubts(person: Person, part: int, *, of: int) -> None:
    """Every second doubt of the queue; somebody else settles the others at the same time."""
    page, settled = 1, 0
    while settled < EACH:
        status, html = person.ask(f"/en/large/doubts/?page={page}")
        forms = [dict(HIDDEN.findall(unescape(form))) for form in DOUBT.findall(html)]
        mine = [form for form in forms if form.get("a") and sum(map(ord, form["a"] + form["b"])) % of == part]
        if status != 200 or not forms:
            return
        for form in mine[: EACH - settled]:
            values = {name: [value] for name, value in form.items() if name != "csrfmiddlewaretoken"}
            person.write("/en/large/doubts/decide/", {**values, "verdict": ["different"]})
            settled += 1
        page += 0 if mine else 1


def change_events(person: Person) -> None:
    for number in range(EACH):
        path = f"/en/large/write/event/at/training-{number % EVENTS}/"
        _status, html = person.ask(path)
        form = filled(html)
        title = next(name for name in form if name.startswith("title"))
        person.write(path, {**form, title: [f"Training {number}, renamed"]})


def write_down_visits(person: Person) -> None:
    for number in range(EACH):
        path = "/en/large/write/visit/new/"
        _status, html = person.ask(path)
        form = filled(html)
        title = next(name for name in form if name.startswith("title"))
        typed = {title: [f"New visit {number}"], "direction": ["outgoing"]}
        person.write(path, {**form, **typed, "starts": ["2019-03-01"], "ends": ["2019-03-02"]})


def all_at_once(port: int, sessions: list[str]) -> Counter[str]:
    """Everybody begins at the same moment; what became of their writes, together."""
    people = [Person(port, session) for session in sessions]
    begin = threading.Barrier(len(people))
    work: list[Callable[[Person], None]] = [
        lambda person: settle_doubts(person, 0, of=2),
        lambda person: settle_doubts(person, 1, of=2),
        change_events,
        write_down_visits,
    ]

    def run(person: Person, what: Callable[[Person], None]) -> None:
        person.ask("/en/large/")
        begin.wait()
        try:
            what(person)
        except Exception as failure:
            person.said[f"error {type(failure).__name__}: {failure}"] += 1

    threads = [threading.Thread(target=run, args=pair) for pair in zip(people, work, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum((person.said for person in people), Counter())
