"""Settings: read once, refused when not understood, all of them documented."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from headway.server import environment, secret_key, settings
from headway.server.environment import SettingError

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def test_every_setting_is_documented_and_nothing_else() -> None:
    documented = set(re.findall(r"^\| `(HEADWAY_\w+)`", DOCUMENT.read_text(), re.MULTILINE))
    assert documented == environment.NAMES


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda: environment.is_on("HEADWAY_X", default=False), "yes"),
        (lambda: environment.whole("HEADWAY_X", 1, least=1), "0"),
        (lambda: environment.whole("HEADWAY_X", 1, least=1), "1.5"),
        (lambda: environment.one_of("HEADWAY_X", "a", ("a", "b")), "c"),
        (lambda: environment.listed("HEADWAY_X", ()), "a,,b"),
        (lambda: environment.folder("HEADWAY_X", Path("/")), "relative/path"),
        (lambda: environment.folder("HEADWAY_X", Path("/")), __file__),
        (lambda: environment.origin("HEADWAY_X"), "headway.example.com"),
        (lambda: environment.origin("HEADWAY_X"), "https://headway.example.com/path"),
        (lambda: environment.database("HEADWAY_X"), "mysql://h/d"),
        (lambda: environment.database("HEADWAY_X"), "postgresql://host"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_name(read, text: str, monkeypatch) -> None:
    monkeypatch.setenv("HEADWAY_X", text)
    known = set(environment.NAMES)
    with pytest.raises(SettingError, match=r"HEADWAY_X.*Expected"):
        read()
    environment.NAMES.intersection_update(known)


@pytest.fixture
def names():
    known = set(environment.NAMES)
    yield
    environment.NAMES.intersection_update(known)


def test_what_is_understood_is_read(monkeypatch, names) -> None:
    given = {
        "HEADWAY_A": "TRUE",
        "HEADWAY_B": "24",
        "HEADWAY_C": "a, b",
        "HEADWAY_D": "https://headway.example.com",
        "HEADWAY_E": "postgresql://u:p@h/d",
    }
    for name, text in given.items():
        monkeypatch.setenv(name, text)
    assert environment.is_on("HEADWAY_A", default=False)
    assert environment.whole("HEADWAY_B", 1, least=1) == 24
    assert environment.listed("HEADWAY_C", ()) == ["a", "b"]
    assert environment.origin("HEADWAY_D").hostname == "headway.example.com"
    assert environment.database("HEADWAY_E").path == "/d"
    assert environment.origin("HEADWAY_NONE") is None
    assert environment.database("HEADWAY_NONE") is None


def test_a_secret_may_lie_in_a_file_but_not_in_both(monkeypatch, tmp_path, names) -> None:
    (tmp_path / "key").write_text("in a file\n")
    monkeypatch.setenv("HEADWAY_S_FILE", str(tmp_path / "key"))
    assert environment.secret("HEADWAY_S") == "in a file"
    monkeypatch.setenv("HEADWAY_S", "in the open")
    with pytest.raises(SettingError, match="only one of"):
        environment.secret("HEADWAY_S")
    monkeypatch.delenv("HEADWAY_S")
    monkeypatch.setenv("HEADWAY_S_FILE", str(tmp_path / "absent"))
    with pytest.raises(SettingError, match="may read"):
        environment.secret("HEADWAY_S")


def test_a_database_address_is_never_shown(monkeypatch, names) -> None:
    monkeypatch.setenv("HEADWAY_S", "mysql://root:hunter2@h/d")
    with pytest.raises(SettingError) as refusal:
        environment.database("HEADWAY_S")
    assert "hunter2" not in str(refusal.value)


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = secret_key.kept_in(folder)
    assert not folder.exists()
    first = str(key)
    assert (len(first) > 60, str(secret_key.kept_in(folder))) == (True, first)
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert list(folder.iterdir()) == [folder / "secret_key"]


def test_two_processes_that_start_together_use_one_key(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; import sys; from headway.server import secret_key;"
        "print(secret_key.kept_in(Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate()[0] for process in started}) == 1


def test_sqlite_waits_and_never_loses_what_it_acknowledged() -> None:
    options = settings._sqlite(Path("/data"))["OPTIONS"]
    assert options == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA secure_delete=ON;",
    }


def settings_with(**given: str) -> dict[str, str]:
    """Chosen settings of a fresh process with these variables."""
    code = (
        "from headway.server import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT,"
        "s.ALLOWED_HOSTS[-1], s.DATABASES['default']['ENGINE'].rpartition('.')[2],"
        "s.DATABASES['default'].get('HOST', '-') or '-',"
        "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    )
    kept = {name: text for name, text in os.environ.items() if not name.startswith("HEADWAY_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **given},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_an_https_address_makes_cookies_and_browsers_strict() -> None:
    found = settings_with(HEADWAY_URL="https://headway.example.com")
    expected = ["True", "31536000", "True", "headway.example.com", "sqlite3", "-"]
    assert found == [*expected, "__Host-headway", "__Host-csrftoken"]


def test_postgresql_by_socket_is_understood() -> None:
    address = "postgresql://u:p@/headway?host=/run/postgresql"
    found = settings_with(HEADWAY_DATABASE_URL=address)
    assert found[4:] == ["postgresql", "/run/postgresql", "headway", "csrftoken"]
