"""nginx with our file before two processes of Karvon, as an administrator sets them up; skipped aloud without nginx."""

import http.client
import re
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from tests.installation import Installation
from tests.server.guide import DEPLOY, installed
from tests.server.serving import two_servers

from karvon.server.serve import LARGEST_REQUEST

pytestmark = pytest.mark.only_on("sqlite")  # what stands before Karvon does not see its database
NO_ADDRESS = re.compile(r"127\.0\.0\.1|192\.0\.2\.")


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Site:
    folder: Path
    plain: int
    secure: int
    opener: urllib.request.OpenerDirector

    def ask(
        self, path: str, *, secure: bool = True, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, Message, str]:
        scheme, port = ("https", self.secure) if secure else ("http", self.plain)
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        asked = urllib.request.Request(f"{scheme}://localhost:{port}{path}", data, headers)  # noqa: S310
        asked.add_header("Origin", f"https://localhost:{self.secure}")
        try:
            with self.opener.open(asked) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read().decode()

    def logged(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))


def free_ports(number: int) -> list[int]:
    import socket

    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@pytest.fixture
def site(installation: Installation, tmp_path: Path) -> Iterator[Site]:
    nginx, openssl = installed("nginx", package="nginx"), installed("openssl", package="openssl")
    folder = tmp_path / "nginx"
    folder.mkdir()
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1",
         "-addext", "subjectAltName=DNS:localhost",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    plain, secure = free_ports(2)
    installation.environment["KARVON_URL"] = f"https://localhost:{secure}"
    assert installation.karvon("check").returncode == 0
    with ExitStack() as running:
        ports = two_servers(installation, running)
        (folder / "nginx.conf").write_text(_ours(folder, plain=plain, secure=secure, ports=ports))
        command = [
            nginx,
            "-p",
            str(folder),
            "-e",
            str(folder / "start.log"),
            "-c",
            str(folder / "nginx.conf"),
        ]
        tried = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8")
        assert tried.returncode == 0, tried.stderr
        proxy = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        running.callback(proxy.wait)
        running.callback(proxy.terminate)
        trusted = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
        handlers = (
            urllib.request.HTTPSHandler(context=trusted),
            urllib.request.HTTPCookieProcessor(CookieJar()),
            StayHere(),
        )
        made = Site(folder, plain, secure, urllib.request.build_opener(*handlers))
        while not _answers(made):
            assert proxy.poll() is None
        yield made


def _answers(site: Site) -> bool:
    try:
        return site.ask("/-/health/")[0] == 200
    except OSError:
        return False


def _ours(folder: Path, *, plain: int, secure: int, ports: list[int]) -> str:
    """The file as it is installed, in a folder and on ports of this test's own."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    servers = "".join(f"server 127.0.0.1:{port}; " for port in ports)
    for said, here in (
        ("server 127.0.0.1:8000;", servers),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"),
        ("/etc/letsencrypt/live/karvon.example.org", str(folder)),
        ("/var/log/nginx", str(folder)),
        ("https://karvon.example.org$", f"https://localhost:{secure}$"),
        ("karvon.example.org", "localhost"),
    ):
        assert said in text
        text = text.replace(said, here)
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if _is_root() else ""
    return f"{user}daemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\n{temporary}{text}\n}}\n"


def _is_root() -> bool:
    import os

    return os.geteuid() == 0


def test_a_site_behind_the_proxy(site: Site) -> None:
    status, headers, page = site.ask("/en/-/sign-in/")
    assert (status, "Sign in" in page) == (200, True)
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]
    cookie = headers["Set-Cookie"]
    assert [part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax")] == [True] * 3
    # plain HTTP is sent to TLS
    status, headers, _ = site.ask("/en/-/sign-in/?next=/en/", secure=False)
    assert (status, headers["Location"]) == (301, f"https://localhost:{site.secure}/en/-/sign-in/?next=/en/")
    # nobody comes as the machine itself, though nobody has an account and the proxy does
    status, headers, _ = site.ask("/en/nobody/")
    assert (status, headers["Location"]) == (302, "/en/-/sign-in/?next=%2Fen%2Fnobody%2F")
    assert site.ask("/-/health/")[::2] == (200, "ok\n")


def test_what_is_larger_than_any_upload_ends_at_the_proxy(site: Site) -> None:
    trusted = ssl.create_default_context(cafile=str(site.folder / "fullchain.pem"))
    asking = http.client.HTTPSConnection("localhost", site.secure, context=trusted, timeout=30)
    asking.putrequest("POST", "/en/-/link/")
    asking.putheader("Content-Length", str(LARGEST_REQUEST + 1))
    asking.endheaders()  # and nothing is sent: it is refused by what it says
    with asking.getresponse() as answer:
        assert (answer.status, answer.headers.get_all("Strict-Transport-Security")) == (
            413,
            ["max-age=31536000"],
        )


def test_processes_count_attempts_together_whoever_somebody_says_to_be(site: Site) -> None:
    said = []
    for number in range(6):
        page = site.ask("/en/-/sign-in/")[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None, page
        form = {"login": "anna@example.org", "password": "wrong wrong wrong", "csrfmiddlewaretoken": token[1]}
        answer = site.ask("/en/-/sign-in/", form=form, **{"X-Forwarded-For": f"192.0.2.{number}"})
        said.append((answer[0], "Too many attempts" in answer[2]))
    assert said == [(200, False)] * 5 + [(200, True)]


def test_no_log_names_a_visitor_or_holds_a_link(site: Site) -> None:
    token = "t0ken-of-somebody-that-is-long-enough-000000000"
    for path in (f"/en/-/link/{token}/", f"/uz-cyrl/-/link/{token}"):
        site.ask(path, **{"X-Forwarded-For": "192.0.2.7", "User-Agent": "Somebody's browser"})
        site.ask(path, secure=False)
    site.ask("/en/-/welcome/?token=secret")
    while "welcome" not in (logged := site.logged()):
        pass  # a request is written down when its answer is sent
    asked = re.findall(r"GET (\S+)", logged)  # what came by plain HTTP is not among them
    assert asked == ["/en/-/link/", "/uz-cyrl/-/link/", "/en/-/welcome/"]
    assert [word for word in (token, "secret", "browser") if word in logged] == []
    assert NO_ADDRESS.findall(logged) == []
