"""The command line: what it loads, what it refuses, how it ends."""

import asyncio
import os
import re
import signal
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from bot.commands import run
from bot.commands.refusals import told_plainly
from bot.commands.serving import serve
from bot.config import Settings, load_settings
from bot.content import ContentError
from bot.i18n import TextError
from bot.start_error import StartError
from db.errors import DatabaseTooNewError, DatabaseUnavailableError
from tests.command import ROOT, Command, seconds_to_load, told


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(ROOT)
    return load_settings(Path("no such file"), {})


@pytest.mark.parametrize("args", [["--help"], ["migrate"], ["audit", "verify"], ["claim"]])
def test_light_commands_start_within_1500_ms_of_cpu_and_never_load_aiogram(
    command: Command, args: list[str]
) -> None:
    command("migrate")

    done, seconds, heavy = command.watched(*args)

    assert done.returncode == 0, done.stderr
    assert heavy == []
    # A slow or busy machine needs more for everything: less than a third of aiogram then.
    assert seconds < 1.5 or seconds < seconds_to_load("aiogram") / 3


def test_migrate_makes_the_database_and_may_run_again(command: Command) -> None:
    first, second = command("migrate"), command("migrate")

    assert first.returncode == second.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert first.stdout.startswith("the database is at revision 0")
    assert (command.folder / "data" / "komekshi.db").is_file()


def test_nobody_else_on_the_machine_reads_the_database(command: Command) -> None:
    command("migrate")

    made = {file.name: file.stat().st_mode & 0o777 for file in command.folder.glob("data/*")}
    assert made["komekshi.db"] == 0o600
    assert set(made.values()) == {0o600}
    assert (command.folder / "data").stat().st_mode & 0o777 == 0o700


def test_j9_all_wrong_settings_are_told_and_the_exit_code_is_2(command: Command) -> None:
    (command.folder / ".env").write_text("LOG_LEVEL=loud\nBOT_TOKN=open-sesame\n")

    done = command("migrate", SANDBOX_PORT="open-sesame")

    assert done.returncode == 2
    assert told(done) == [
        "komekshi: the settings are wrong:",
        "  .env line 2: BOT_TOKN is not a setting; did you mean BOT_TOKEN?",
        "  LOG_LEVEL: must be DEBUG, INFO, WARNING or ERROR",
        "  SANDBOX_PORT: must be a port from 1 to 65535, or 0 for any free one",
    ]


def test_b13_database_that_cannot_be_made_is_told_and_the_exit_code_is_1(command: Command) -> None:
    (command.folder / "file").touch()

    done = command("migrate", DATABASE_URL="sqlite+aiosqlite:///file/komekshi.db")

    assert done.returncode == 1
    assert told(done)[0] == "komekshi: migrate could not be done:"
    assert told(done)[1].startswith("  DATABASE_URL: ")


def test_database_server_that_is_not_there_is_told_without_the_password(command: Command) -> None:
    done = command(
        "migrate", DATABASE_URL="postgresql+psycopg://komekshi:open-sesame@127.0.0.1:1/komekshi"
    )

    assert done.returncode == 1
    assert told(done)[1].startswith("  DATABASE_URL: ")
    assert "open-sesame" not in done.stderr


def test_journal_of_a_database_never_migrated_is_refused(command: Command) -> None:
    done = command("audit", "verify")

    assert done.returncode == 1
    assert "run the migrate command first" in told(done)[1]


def test_a_claim_link_is_printed_and_stands_in_the_journal(command: Command) -> None:
    command("migrate")

    done = command("claim")

    assert done.returncode == 0, done.stderr
    [link] = re.findall(r"https://t\.me/NAME_OF_THE_BOT\?start=(claim_\S+)", done.stdout)
    assert f"/start {link}\n" in done.stdout
    assert command("audit", "verify").stdout.startswith("the journal is whole: 1 records\n")


def test_checkpoint_printed_by_one_run_is_accepted_by_the_next(command: Command) -> None:
    command("migrate")
    checkpoint = command("audit", "verify").stdout.split()[-1]

    done = command("audit", "verify", "--checkpoint", checkpoint)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("the journal is whole: 0 records\n")


def test_checkpoint_the_journal_does_not_reach_is_told_and_the_exit_code_is_1(
    command: Command,
) -> None:
    command("migrate")

    done = command("audit", "verify", "--checkpoint", f"5:{'0' * 64}")

    assert done.returncode == 1
    assert told(done)[0].startswith("the journal is broken: the checkpoint knows 5 records")


@pytest.mark.parametrize("checkpoint", ["", "5", "5:abc", "-1:" + "0" * 64])
def test_checkpoint_of_another_form_is_refused(command: Command, checkpoint: str) -> None:
    done = command("audit", "verify", f"--checkpoint={checkpoint}")

    assert done.returncode == 1
    assert told(done)[-1].startswith("  --checkpoint: a checkpoint is COUNT:HEAD")


def test_without_token_and_sandbox_the_bot_does_not_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sandbox", None)  # what an image without it looks like

    with pytest.raises(StartError, match=r"^BOT_TOKEN: is not set"):
        run.main(settings, Namespace())


@pytest.mark.parametrize(
    ("fault", "told_as"),
    [
        (DatabaseUnavailableError("the disk is full"), "DATABASE_URL: the disk is full"),
        (DatabaseTooNewError("0009", "0002"), "DATABASE_URL: the database is at revision 0009"),
        (ContentError(["a:1: x", "b:2: y"]), "CONTENT_DIR: a:1: x\nCONTENT_DIR: b:2: y"),
        (TextError("kk: start is missing"), "LOCALES_DIR: kk: start is missing"),
    ],
)
def test_b11_what_an_operator_can_mend_is_told_with_the_setting(
    fault: Exception, told_as: str
) -> None:
    with pytest.raises(StartError) as caught, told_plainly():
        raise fault

    assert str(caught.value).startswith(told_as)


def test_bug_is_not_told_as_a_refusal() -> None:
    with pytest.raises(ZeroDivisionError), told_plainly():
        _ = 1 / 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_the_bot_in_good_order(settings: Settings, sign: signal.Signals) -> None:
    laid_down = []

    async def bot(_settings: Settings) -> None:
        os.kill(os.getpid(), sign)
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            laid_down.append("work")

    assert serve(settings, bot) == 0
    assert laid_down == ["work"]


def test_bot_that_ends_by_itself_ends_the_command(settings: Settings) -> None:
    async def bot(_settings: Settings) -> None:
        return

    assert serve(settings, bot) == 0


def test_h3_bot_that_breaks_is_not_taken_for_stopped(settings: Settings) -> None:
    async def bot(_settings: Settings) -> None:
        await asyncio.sleep(0)
        raise asyncio.CancelledError  # a bug inside, not a signal

    with pytest.raises(asyncio.CancelledError):
        serve(settings, bot)
