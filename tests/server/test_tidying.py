"""What has no use to anybody any more goes, and nothing else."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.small_folder import PROGRAMME, small_folder

from karvon.actions.describing import change_description
from karvon.actions.evidence import import_folder
from karvon.actions.journal import COMMAND
from karvon.files.evidence_store import store, stored_path
from karvon.files.wording import wording_of
from karvon.queries.register import stored_files
from karvon.rules.programme.text import Text
from karvon.rules.wording import LANGUAGES
from karvon.server.tidying import ROOM, put_in_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    return tmp_path / "home"


def left_behind(home: Path, *, days: int) -> Path:
    """A file that a change stored which was cut so many days ago."""
    path = stored_path(home, store(home, f"cut {days} days ago".encode(), name="a.pdf").sha256)
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def test_ended_sessions_and_orphans_go_and_what_is_in_use_stays(tmp_path: Path, home: Path) -> None:
    import_folder(small_folder(tmp_path / "given"))
    for path in (home / "evidence").glob("*/*"):
        os.utime(path, (0, 0))
    old, young = left_behind(home, days=2), left_behind(home, days=0)
    now = timezone.now()
    for key, ends in (("ended", now - timedelta(hours=1)), ("open", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)

    assert put_in_order() == 1

    assert (old.exists(), young.exists()) == (False, True)
    assert all(stored_path(home, one).exists() for one in stored_files("small").values())
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_a_folder_sweeps_and_a_small_change_does_not_look_at_the_evidence(tmp_path: Path, home: Path) -> None:
    import_folder(small_folder(tmp_path / "given"))
    old = left_behind(home, days=2)

    change_description(
        "small",
        lambda said: replace(said, programme=replace(said.programme, title=Text.of({"en": "Another"}))),
        action="change",
        by=COMMAND,
    )
    assert old.exists()

    renamed = PROGRAMME.replace("A small programme", "A renamed programme")
    import_folder(small_folder(tmp_path / "given", description=renamed), replace=True)
    assert not old.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 21])
def test_what_was_tidied_is_said_in_every_language(language: str, number: int) -> None:
    assert str(number) in wording_of(ROOM, language)("tidied", n=number)
