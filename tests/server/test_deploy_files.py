"""The files an administrator installs say what the guide and the program say."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from tests.server.guide import DEPLOY, ROOT, SCRIPTS, installed

from karvon.server.health import PATH
from karvon.server.serve import LARGEST_REQUEST
from karvon.server.stopping import PATIENCE
from karvon.web.uploads import MOST_SENT

UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer", ".target"})


class Unit(ConfigParser):
    """systemd's manner of writing: a name may stand twice, and its capitals count."""

    def __init__(self, name: str) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        self.read_string((DEPLOY / name).read_text("utf-8"))

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def nginx() -> str:
    return (DEPLOY / "nginx.conf").read_text("utf-8")


def said(name: str) -> set[str]:
    """What the proxy's file says under this name, anywhere."""
    return {value.strip() for value in re.findall(rf"^\s*{name} ([^;]+);", nginx(), re.MULTILINE)}


@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_every_unit(name: str, tmp_path: Path) -> None:
    analyze = installed("systemd-analyze", package="systemd")
    for unit in UNITS:  # together: they name each other
        text = (DEPLOY / unit).read_text("utf-8")
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={shutil.which('true')}", text, flags=re.MULTILINE)
        (tmp_path / unit.replace("@.", "@8000.")).write_text(text)
    checked = subprocess.run(
        [analyze, "verify", "--man=no", name.replace("@.", "@8000.")], cwd=tmp_path,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    ours = [line for line in checked.stderr.splitlines() if "karvon" in line]
    assert (checked.returncode, ours) == (0, [])


def test_the_service_has_little_to_lose(tmp_path: Path) -> None:
    """systemd's own exposure level, 0 to 10; an ordinary service has 9.2."""
    analyze = installed("systemd-analyze", package="systemd")
    shutil.copy(DEPLOY / "karvon@.service", tmp_path / "karvon@8000.service")
    judged = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", str(tmp_path / "karvon@8000.service")],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    level = re.search(r"exposure level for \S+: (\d+\.\d)", judged.stdout)
    if level is None:
        pytest.skip(f"SKIPPED ALOUD: this systemd does not judge files: {judged.stderr.strip()}")
    assert float(level[1]) <= 1.5


def test_the_service_writes_its_own_folder_only_and_has_no_rights() -> None:
    service = Unit("karvon@.service")["Service"]
    asked = {
        "User": "karvon", "ProtectSystem": "strict", "StateDirectory": "karvon", "StateDirectoryMode": "0700",
        "UMask": "0077", "NoNewPrivileges": "yes", "PrivateTmp": "yes", "CapabilityBoundingSet": "",
        "MemoryMax": "2G", "Restart": "always",
    }  # fmt: skip
    assert {name: service.get(name) for name in asked} == asked
    assert "ReadWritePaths" not in service


def test_every_night_karvon_tidies_as_itself_before_the_backup_is_made() -> None:
    night = Unit("karvon-tidy.service")["Service"]
    by_day = Unit("karvon@.service")["Service"]
    same = (
        "User",
        "EnvironmentFile",
        "StateDirectory",
        "StateDirectoryMode",
        "UMask",
        "ProtectSystem",
        "NoNewPrivileges",
    )
    assert {name: night[name] for name in same} == {name: by_day[name] for name in same}
    assert night["ExecStart"] == by_day["ExecStart"].replace("serve --address 127.0.0.1:%i", "tidy")
    times = [Unit(f"karvon-{what}.timer")["Timer"] for what in ("tidy", "backup")]
    assert [time["Persistent"] for time in times] == ["yes", "yes"]
    assert times[0]["OnCalendar"] < times[1]["OnCalendar"]


def test_the_service_waits_for_what_the_program_still_answers() -> None:
    assert int(Unit("karvon@.service")["Service"]["TimeoutStopSec"]) > PATIENCE


def test_the_service_listens_on_this_machine_and_the_proxy_and_the_watch_ask_there() -> None:
    assert Unit("karvon@.service")["Service"]["ExecStart"].endswith("karvon serve --address 127.0.0.1:%i")
    assert "127.0.0.1:8000" in said("server")
    assert Unit("karvon-health.service")["Service"]["ExecStart"].endswith(f" http://127.0.0.1:8000{PATH}")
    assert f"location = {PATH} {{" in nginx()


def test_the_proxy_takes_the_uploads_the_program_takes() -> None:
    assert LARGEST_REQUEST > MOST_SENT  # so that the page, not the proxy, says what is too large
    assert said("client_max_body_size") == {f"{LARGEST_REQUEST // 1024**2}m"}


def test_the_proxy_says_who_asks_and_lets_nobody_say_it_themselves() -> None:
    assert said("proxy_set_header") == {
        'Connection ""', "Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", 'Forwarded ""',
    }  # fmt: skip
    assert said("proxy_http_version") == {"1.1"}
    assert said("add_header") == {'Strict-Transport-Security "max-age=31536000" always'}


def test_the_proxy_logs_nobody_and_no_link() -> None:
    (form,) = re.findall(r"log_format karvon '([^']+)';", nginx())
    assert not {
        "$remote_addr",
        "$remote_user",
        "$http_user_agent",
        "$http_referer",
        "$request",
        "$args",
        "$uri",
    } & set(form.split())
    asked = re.search(r'^map \$uri \$karvon_asked \{\n\s+"~(.+)" \$door;', nginx(), re.MULTILINE)
    assert asked is not None
    pattern = re.compile(asked[1].replace("?<", "?P<"))
    for link in ("/en/-/link/token/", "/uz-cyrl/-/link/token/more", "/lv/-/link/x"):
        found = pattern.match(link)
        assert found is not None
        assert found["door"] == link[: link.index("/link/") + 6]
    assert pattern.match("/en/-/link/") is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_sound(name: str) -> None:
    subprocess.run([installed("sh", package="dash"), "-n", DEPLOY / name], check=True)
    assert (DEPLOY / name).stat().st_mode & 0o111 == 0o111
    checked = subprocess.run(
        [installed("shellcheck", package="shellcheck"), "-x", DEPLOY / name],
        cwd=ROOT, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (checked.returncode, checked.stdout) == (0, "")


def test_postgresqls_client_is_the_one_the_tests_used() -> None:
    def pins(path: Path) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in path.read_text("utf-8").splitlines():
            if re.match(r"[a-z]", line):
                found[line.split("==")[0]] = [line]
            elif found and not line.strip().startswith("#") and line.strip():
                found[[*found][-1]].append(line)
        return found

    tested = pins(ROOT / "requirements-dev.txt")
    ours = pins(DEPLOY / "requirements-postgres.txt")
    assert set(ours) == {"psycopg", "psycopg-binary"}
    assert ours == {name: tested[name] for name in ours}


def test_no_secret_lies_in_the_repository() -> None:
    text = (DEPLOY / "karvon.env").read_text("utf-8")
    assert "SECRET" not in text
    assert re.findall(r"^(?!#)(?:KARVON_\w+|DATABASE_URL)=(?!'[^']*'$).*", text, re.MULTILINE) == []
    assert re.findall(r":([^:@/]+)@", text) == ["PASSWORD"]
