"""backup, restore and transfer on the command line: what they say, what they refuse."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from tests.command import Command, told

KEY = "a passphrase that nobody guesses"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    command = Command(tmp_path)
    command("migrate")
    return command


def own(database: Path, bot_id: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO meta (key, value) VALUES ('bot_id', ?)", (bot_id,))
    connection.close()


def at(name: str) -> str:
    return f"sqlite+aiosqlite:///{name}"


def test_a_backup_is_made_sealed_and_restored(command: Command) -> None:
    own(command.folder / "data" / "komekshi.db", "77")

    made = command("backup", BACKUP_KEY=KEY)

    assert made.returncode == 0, made.stderr
    [file] = (command.folder / "data" / "backups").iterdir()
    assert file.name.endswith(".jsonl.gz.sealed")
    assert made.stdout.startswith(f"data/backups/{file.name}: ")
    assert made.stdout.endswith(" bytes, sealed\n")
    done = command("restore", str(file), BACKUP_KEY=KEY, DATABASE_URL=at("new/place.db"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == ["erased again: 0", "the journal is whole: 0 records"]
    assert done.stderr == (
        "there is no erasures.jsonl beside the backup: whoever was erased after it is back\n"
    )


def test_j10_a_restored_copy_belongs_to_the_same_bot(command: Command) -> None:
    own(command.folder / "data" / "komekshi.db", "77")
    command("backup", "b")
    command("restore", "b", DATABASE_URL=at("new.db"))

    done = command("run", DATABASE_URL=at("new.db"), BOT_TOKEN=f"123456789:{'A' * 35}")

    assert done.returncode == 1
    assert told(done)[-1].startswith(
        "  DATABASE_URL: the data belong to the bot with the number 77"
    )


def test_a_backup_without_a_passphrase_says_that_anybody_reads_it(command: Command) -> None:
    done = command("backup", "b")

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("not sealed: anybody who has it can read it\n")
    assert gzip.decompress((command.folder / "b").read_bytes()).startswith(b'{"format":')


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("", "  b: is sealed: set BACKUP_KEY to the passphrase it was made with"),
        ("another long passphrase", "  b: was sealed with another passphrase than BACKUP_KEY"),
    ],
)
def test_a_wrong_passphrase_is_told_in_one_line(command: Command, key: str, line: str) -> None:
    command("backup", "b", BACKUP_KEY=KEY)

    done = command("restore", "b", BACKUP_KEY=key, DATABASE_URL=at("new.db"))

    assert done.returncode == 1
    assert told(done) == ["komekshi: restore could not be done:", line]
    assert KEY not in done.stderr


def test_nothing_is_restored_over_data(command: Command) -> None:
    own(command.folder / "data" / "komekshi.db", "77")
    command("backup", "b")

    done = command("restore", "b")

    assert done.returncode == 1
    assert told(done)[1] == (
        "  DATABASE_URL: database data/komekshi.db is not empty:"
        " name a new one, nothing is overwritten"
    )


def test_b13_a_backup_that_is_not_there_is_told(command: Command) -> None:
    done = command("restore", "no such file", DATABASE_URL=at("new.db"))

    assert done.returncode == 1
    assert told(done)[1] == "  no such file: No such file or directory"


def test_a_list_of_erasures_that_is_not_there_is_told(command: Command) -> None:
    command("backup", "b")

    done = command("restore", "b", "--erasures", "gone", DATABASE_URL=at("new.db"))

    assert told(done)[1] == "  gone: there is no such file"


def test_everything_is_transferred(command: Command) -> None:
    own(command.folder / "data" / "komekshi.db", "77")

    done = command("transfer", at("data/komekshi.db"), at("new.db"))

    assert done.returncode == 0, done.stderr
    with sqlite3.connect(command.folder / "new.db") as connection:
        rows = connection.execute("SELECT value FROM meta WHERE key = 'bot_id'").fetchall()
    connection.close()
    assert rows == [("77",)]
    again = command("transfer", at("data/komekshi.db"), at("new.db"))
    assert again.returncode == 1
    assert told(again)[1] == (
        "  TO: database new.db is not empty: name a new one, nothing is overwritten"
    )


def test_everything_is_transferred_into_what_migrate_has_made(command: Command) -> None:
    """As compose does it: the database is migrated before any other command is run."""
    own(command.folder / "data" / "komekshi.db", "77")
    command("migrate", DATABASE_URL=at("new.db"))

    done = command("transfer", at("data/komekshi.db"), at("new.db"))

    assert done.returncode == 0, done.stderr


def test_b13_a_transfer_names_the_place_that_is_wrong(command: Command) -> None:
    (command.folder / "letter").write_text("much longer than the header of a database " * 20)

    done = command("transfer", at("letter"), at("new.db"))
    assert told(done)[1].startswith("  FROM: database letter: ")
    done = command("transfer", at("data/komekshi.db"), at("letter"))
    assert told(done)[1].startswith("  TO: database letter: ")


def test_h4_addresses_stand_in_no_list_of_processes_when_they_are_set(command: Command) -> None:
    command("transfer", at("data/komekshi.db"), TRANSFER_TO_URL=at("new.db"))
    done = command("transfer", TRANSFER_FROM_URL=at("new.db"), TRANSFER_TO_URL=at("newer.db"))

    assert done.returncode == 0, done.stderr
    assert (command.folder / "newer.db").exists()
    missing = command("transfer", at("new.db"))
    assert missing.returncode == 1
    assert told(missing)[1] == "  TO_URL: is neither given nor set as TRANSFER_TO_URL"


def test_h4_an_address_that_is_none_is_told_without_its_password(command: Command) -> None:
    done = command("transfer", "mysql://u:open-sesame@host/x", at("new.db"))

    assert done.returncode == 1
    assert told(done)[1].startswith("  FROM: must be sqlite")
    assert "open-sesame" not in done.stderr


def test_a_backup_waits_for_nothing_heavy(command: Command) -> None:
    done, _, heavy = command.watched("backup", "b")

    assert done.returncode == 0, done.stderr
    assert heavy == []
