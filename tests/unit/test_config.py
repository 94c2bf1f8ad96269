"""Settings: what is read, what is refused, and that no refusal shows a value."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Settings, SettingsError, load_settings, variable_names

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAF-invented_invented_invented_inv"


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for `.env` beside an empty pack and empty texts, which is also the working folder."""
    (tmp_path / "content" / "kostanay").mkdir(parents=True)
    (tmp_path / "locales").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


def faults_of(env_file: Path, **environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(env_file, environ)
    return caught.value.faults


def load(env_file: Path, **environ: str) -> Settings:
    return load_settings(env_file, environ)


def test_nothing_set_means_sqlite_and_the_sandbox_of_this_machine(env_file: Path) -> None:
    settings = load(env_file)

    assert settings.bot.token is None
    assert settings.database.url.get_secret_value() == "sqlite+aiosqlite:///data/komekshi.db"
    assert settings.redis.url is None
    assert settings.region.region == "kostanay"
    assert (settings.log.format, settings.log.level) == ("console", "INFO")
    assert (settings.sandbox.host, settings.sandbox.port) == ("127.0.0.1", 8081)
    assert not settings.sandbox.any_host


def test_environment_goes_before_the_file(env_file: Path) -> None:
    env_file.write_text("SANDBOX_PORT=9001\nexport LOG_LEVEL='DEBUG' # loud\nLOG_FORMAT=json\n")

    settings = load(env_file, SANDBOX_PORT="9002")

    assert settings.sandbox.port == 9002
    assert (settings.log.format, settings.log.level) == ("json", "DEBUG")


def test_empty_variable_of_the_environment_unsets_the_one_in_the_file(env_file: Path) -> None:
    env_file.write_text(f"BOT_TOKEN={TOKEN}\n")

    assert load(env_file).bot.token is not None
    assert load(env_file, BOT_TOKEN="").bot.token is None


def test_values_of_the_file_are_taken_as_they_stand(env_file: Path) -> None:
    env_file.write_text("REDIS_URL=redis://:p${HOME}w@cache:6379/0\n")

    url = load(env_file).redis.url

    assert url is not None
    assert url.get_secret_value() == "redis://:p${HOME}w@cache:6379/0"


@pytest.mark.parametrize("secret", ["   ", "''", '" "'])
def test_g3_blank_secret_of_the_environment_is_refused(env_file: Path, secret: str) -> None:
    assert [fault.split(":")[0] for fault in faults_of(env_file, BOT_TOKEN=secret)] == ["BOT_TOKEN"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql+psycopg://komekshi:@db/komekshi"),
        ("REDIS_URL", "redis://:@cache:6379/0"),
    ],
)
def test_g3_password_left_empty_in_an_address_is_refused(
    env_file: Path, name: str, value: str
) -> None:
    assert [fault.split(":")[0] for fault in faults_of(env_file, **{name: value})] == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "123456789"),
        ("BOT_TOKEN", TOKEN + " "),
        ("BOT_TOKEN", "123456789:short"),
        ("BOT_TOKEN", "123456789:" + "қ" * 35),
        ("FIRST_ADMIN_ID", "-5"),
        ("FIRST_ADMIN_ID", "0"),
        ("FIRST_ADMIN_ID", "1_000"),
        ("FIRST_ADMIN_ID", "١٢٣"),
        ("FIRST_ADMIN_ID", str(2**52)),
        ("TELEGRAM_API_URL", "127.0.0.1:8081"),
        ("TELEGRAM_API_URL", "http:///path"),
        ("DATABASE_URL", "mysql://root@db/x"),
        ("DATABASE_URL", "sqlite+aiosqlite://file.db"),
        ("DATABASE_URL", "postgresql+psycopg://db:99999/x"),
        ("DATABASE_URL", "postgresql+psycopg://db"),
        ("REDIS_URL", "cache:6379"),
        ("REDIS_URL", "redis://cache:port/0"),
        ("CONTENT_DIR", "nowhere"),
        ("LOCALES_DIR", "nowhere"),
        ("REGION", "atlantis"),
        ("REGION", "../kostanay"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "loud"),
        ("SANDBOX_HOST", "not a host"),
        ("SANDBOX_PORT", "65536"),
        ("SANDBOX_PORT", "-1"),
        ("SANDBOX_ANY_HOST", "yes"),
    ],
)
def test_j9_wrong_setting_is_named_and_its_value_is_not(
    env_file: Path, name: str, value: str
) -> None:
    (fault,) = faults_of(env_file, **{name: value})

    assert fault.startswith(f"{name}: must be ")
    assert value not in fault.removeprefix(name)


def test_j9_all_faults_are_told_at_once_in_the_order_of_the_example(env_file: Path) -> None:
    env_file.write_text("LOG_LEVEL=loud\nREGION=atlantis\nBOT_TOKN=1\n")

    faults = faults_of(env_file, SANDBOX_PORT="http", BOT_TOKEN="secret")

    assert faults[0] == ".env line 3: BOT_TOKN is not a setting; did you mean BOT_TOKEN?"
    assert [fault.split(":")[0] for fault in faults[1:]] == [
        "BOT_TOKEN",
        "REGION",
        "LOG_LEVEL",
        "SANDBOX_PORT",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{TOKEN}\n", 1),
        ("\n\n# a comment\n\n  LOG_LEVEL\n", 5),
        ("\nLOG_LEVEL=INFO\n'quote never closed\n", 3),
        ("LOG_LEVEL=INFO\nLOG_LEVEL=DEBUG\n", 2),
        (f"LOG_LEVEL=INFO\n{TOKEN}=1\n", 2),
    ],
)
def test_line_of_the_file_that_sets_nothing_is_named_by_its_number(
    env_file: Path, text: str, line: int
) -> None:
    env_file.write_text(text)

    (fault,) = faults_of(env_file)

    assert fault.startswith(f".env line {line}: ")
    assert TOKEN not in fault


def test_file_that_is_not_utf8_is_refused(env_file: Path) -> None:
    env_file.write_bytes("REGION=қостанай\n".encode("utf-16"))

    assert faults_of(env_file) == (".env: is not UTF-8 text",)


def test_b13_file_that_cannot_be_read_is_refused_with_the_reason(env_file: Path) -> None:
    env_file.mkdir()

    assert faults_of(env_file) == (".env: cannot be read (Is a directory)",)


def test_unknown_variable_of_the_environment_is_nobodys_business(env_file: Path) -> None:
    assert load(env_file, HOME="/home/aigerim", BOT_TOKN="1").bot.token is None


def test_h4_dumped_settings_show_no_secret(env_file: Path) -> None:
    settings = load(
        env_file,
        BOT_TOKEN=TOKEN,
        DATABASE_URL="postgresql+psycopg://komekshi:open-sesame@db/komekshi",
        REDIS_URL="redis://:open-sesame@cache:6379/0",
    )

    for dump in (repr(settings), str(settings), settings.model_dump_json(), f"{settings.bot}"):
        assert TOKEN not in dump
        assert "open-sesame" not in dump


def test_settings_cannot_be_changed(env_file: Path) -> None:
    settings = load(env_file)

    with pytest.raises(ValidationError):
        settings.log.level = "DEBUG"  # type: ignore[misc]


def test_example_holds_every_setting_in_order_with_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    example = Path(".env.example")

    assert (
        tuple(re.findall(r"^([A-Z0-9_]+)=", example.read_text(), re.MULTILINE)) == variable_names()
    )
    assert load_settings(example, {}) == load_settings(Path("no such file"), {})


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "db", "sandbox")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b|\bgetenv\(", path.read_text())
    }

    assert readers == {"bot/config.py"}


S3 = {
    "ARCHIVE_S3_URL": "https://s3.example",
    "ARCHIVE_S3_BUCKET": "files",
    "ARCHIVE_S3_KEY_ID": "key",
    "ARCHIVE_S3_SECRET": "open-sesame",
}


def test_an_archive_is_one_whole_place_or_none(env_file: Path) -> None:
    assert load(env_file).archive.dir is None
    assert load(env_file, **S3).archive.s3_bucket == "files"
    for name in set(S3) - {"ARCHIVE_S3_URL"}:
        assert [fault.split(":")[0] for fault in faults_of(env_file, **S3 | {name: ""})] == [name]
        assert [fault.split(":")[0] for fault in faults_of(env_file, **{name: S3[name]})] == [name]
    both = faults_of(env_file, **S3, ARCHIVE_DIR="files")
    assert "ARCHIVE_S3_URL" in [fault.split(":")[0] for fault in both]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BACKUP_KEY", "short"),
        ("BACKUP_AT", "3:30"),
        ("BACKUP_AT", "25:00"),
        ("BACKUP_AT", "03:30:00"),
        ("BACKUP_KEEP_DAILY", "0"),
        ("FILES_KEEP_DAYS", "1_0"),
        ("ARCHIVE_S3_BUCKET", "Files/.."),
    ],
)
def test_j9_a_wrong_setting_of_keeping_is_named(env_file: Path, name: str, value: str) -> None:
    faults = faults_of(env_file, **{name: value})

    assert faults[0].startswith(f"{name}: must be ") or name in faults[0]
    assert value not in faults[0].partition("must be")[0]


def test_h4_settings_shown_hide_the_passphrase_and_the_secret(env_file: Path) -> None:
    shown = repr(load(env_file, BACKUP_KEY="open sesame, open sesame", **S3))

    assert "open" not in shown
