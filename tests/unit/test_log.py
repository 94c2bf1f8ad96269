"""The log: one line per record, no secrets, no data of people, nothing lost."""

import asyncio
import gc
import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO
from typing import Literal

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr

from bot.log import new_reference, watch_loop
from bot.redaction import HIDDEN, one_line, redact, safe
from tests.logbook import logging_into, records

TOKEN = "123456789:AAF-invented_invented_invented_inv"
Format = Literal["console", "json"]
OpenLog = Callable[[Format], StringIO]


@pytest.fixture
def open_log() -> Iterator[OpenLog]:
    """Configure the log into a text, and put everything back afterwards."""
    with ExitStack() as stack:
        yield lambda kind: stack.enter_context(logging_into(kind))


def refuse(why: str) -> None:
    raise ValueError(why)


def test_both_kinds_of_loggers_write_the_same_record(open_log: OpenLog) -> None:
    stream = open_log("json")

    structlog.get_logger("bot.shifts").info("shift opened", shift_id=7)
    logging.getLogger("aiogram").info("update %d is handled", 7)

    ours, foreign = records(stream)
    assert list(ours) == ["at", "level", "logger", "event", "shift_id"]
    assert (ours["level"], ours["logger"], ours["shift_id"]) == ("info", "bot.shifts", 7)
    assert list(foreign) == ["at", "level", "logger", "event"]
    assert foreign["event"] == "update 7 is handled"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", str(ours["at"]))


def test_console_shows_one_readable_line(open_log: OpenLog) -> None:
    stream = open_log("console")

    structlog.get_logger("bot.shifts").warning("shift forgotten", shift_id=7, note="two words")

    assert re.fullmatch(
        r'\S+Z WARNING  bot\.shifts: shift forgotten shift_id=7 note="two words"\n',
        stream.getvalue(),
    )


def test_level_below_the_setting_is_not_written(open_log: OpenLog) -> None:
    stream = open_log("json")

    structlog.get_logger("bot").debug("whisper")
    logging.getLogger("aiogram").debug("whisper")

    assert stream.getvalue() == ""


def test_configuring_again_does_not_write_twice(open_log: OpenLog) -> None:
    first = open_log("json")
    second = open_log("json")

    logging.getLogger("bot").warning("once")

    assert first.getvalue() == ""
    assert len(records(second)) == 1


@pytest.mark.parametrize("kind", ["console", "json"])
@pytest.mark.parametrize(
    "name",
    [
        "Dana\n2026-03-01T00:00:00Z INFO     bot: admin appointed",
        "Dana\r\x1b[2K\x1b[31mred",
        "Dana\u2028\u2029\x85next",
        "Dana\u202egnp.exe",
        "Dana\x00\ud800",
    ],
)
def test_f12_name_with_newlines_and_escape_codes_stays_on_one_line(
    open_log: OpenLog, kind: Format, name: str
) -> None:
    stream = open_log(kind)

    structlog.get_logger("bot").info(f"hello {name}", person=name, known={name: [name]})
    logging.getLogger("aiogram").info("hello %s", name)

    text = stream.getvalue()
    assert len(text.splitlines()) == 2
    assert text.isprintable() or set(text) - {"\n"} == {
        character for character in text if character.isprintable()
    }
    text.encode()


@pytest.mark.parametrize("kind", ["console", "json"])
def test_f12_message_of_an_exception_cannot_pass_for_a_record(
    open_log: OpenLog, kind: Format
) -> None:
    stream = open_log(kind)

    try:
        refuse("refused\n2026-03-01T00:00:00Z INFO     bot: forged\r\x1b[31m")
    except ValueError:
        structlog.get_logger("bot").exception("failed")

    first, *rest = stream.getvalue().splitlines()
    assert "failed" in first
    assert all(line.startswith("    | ") for line in rest)
    assert "\x1b" not in stream.getvalue()


@given(st.text())
def test_f12_no_text_makes_a_second_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    "text",
    [
        f"token {TOKEN}",
        f"https://127.0.0.1/bot{TOKEN}/getMe",
        f"https://127.0.0.1/file/bot{TOKEN.replace(':', '%3A')}/photos/1.jpg",
        "http://127.0.0.1:8081/bot42:local-inv/getMe",
        "postgresql+psycopg://komekshi:AAF-inv@db/komekshi",
        "redis://:AAF-inv@cache:6379/0",
    ],
)
def test_h4_secrets_are_hidden_wherever_they_stand(text: str) -> None:
    shown = redact(text)

    assert HIDDEN in shown
    assert "inv" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "+77011234567",
        "77011234567",
        "87011234567",
        "8 701 123 45 67",
        "+7 (701) 123-45-67",
        "8(701)123-45-67",
        "+44 20 7946 0018",
        "phone=+77011234567,",
        "'+77011234567'",
    ],
)
def test_phones_are_hidden_however_they_are_written(text: str) -> None:
    assert not re.search(r"\d{2}", redact(text))


@pytest.mark.parametrize(
    "text",
    [
        "update 912345678",
        "user 8123456789",
        "chat -1001234567890",
        "2026-03-01T21:04:00+00:00",
        "+05:00",
        "file_7701.jpg",
        "6b77011234567f",
        "http://127.0.0.1:8081/health",
        "revision 0002",
    ],
)
def test_ids_moments_and_addresses_are_not_taken_for_phones(text: str) -> None:
    assert redact(text) == text


def test_phone_as_a_number_is_hidden_and_an_id_is_not() -> None:
    assert safe({"phone": 77011234567, "id": 8123456789}) == {"phone": HIDDEN, "id": 8123456789}


def test_words_of_people_are_hidden() -> None:
    assert (
        redact("no district 'Қостанай қаласы' for Айгерим")
        == f"no district '{HIDDEN}' for {HIDDEN}"
    )


def test_secret_values_hide_themselves(open_log: OpenLog) -> None:
    stream = open_log("json")

    structlog.get_logger("bot").info("start", token=SecretStr(TOKEN), all=[SecretStr(TOKEN)])

    (record,) = records(stream)
    assert (record["token"], record["all"]) == ("**********", ["**********"])


def test_bytes_are_written_as_their_size() -> None:
    assert safe(b"\x89PNG") == "<4 bytes>"


def test_endless_value_is_written_as_text() -> None:
    loop: list[object] = []
    loop.append(loop)

    assert "[...]" in json.dumps(safe(loop))


def test_number_without_a_form_in_json_is_written_as_text(open_log: OpenLog) -> None:
    stream = open_log("json")

    structlog.get_logger("bot").info("mean", value=float("nan"))

    assert records(stream)[0]["value"] == "nan"


def test_value_whose_text_fails_does_not_stop_the_record(open_log: OpenLog) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError

    stream = open_log("json")

    structlog.get_logger("bot").info("odd", value=Broken())

    assert records(stream)[0]["value"] == "<Broken whose text fails with RuntimeError>"


def test_record_with_wrong_arguments_leaves_its_place_and_not_its_arguments(
    open_log: OpenLog, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = open_log("json")

    logging.getLogger("aiogram").warning("%d answers", "77011234567")

    (record,) = records(stream)
    assert str(record["event"]).startswith("a log record could not be written: TypeError in test_")
    assert capsys.readouterr().err == ""


def test_warnings_of_python_go_to_the_log(open_log: OpenLog) -> None:
    stream = open_log("json")

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old ways", UserWarning, stacklevel=1)
        logging.captureWarnings(False)

    assert "old ways" in str(records(stream)[0]["event"])


def test_h3_task_nobody_awaits_is_logged_without_data_and_the_loop_lives(open_log: OpenLog) -> None:
    gc.collect()  # what earlier tests left behind must not be found by the collection below
    stream = open_log("json")

    async def register() -> None:
        full_name, phone = "Dana Invented", "+77011234567"  # noqa: F841 - locals must not show
        raise ValueError(f"no such district for {phone}")

    async def main() -> str:
        watch_loop(asyncio.get_running_loop())
        task = asyncio.create_task(register(), name="registration")
        await asyncio.sleep(0)
        del task
        gc.collect()
        return "alive"

    assert asyncio.run(main()) == "alive"
    (record,) = records(stream)
    assert record["task"] == "registration"
    assert re.fullmatch(r"[0-9A-F]{8}", str(record["reference"]))
    assert str(record["exception"]).endswith(f"ValueError: no such district for {HIDDEN}")
    assert "Dana Invented\n" not in stream.getvalue()
    assert "full_name =" not in stream.getvalue()


def test_h3_exception_nobody_caught_is_logged_with_a_reference(open_log: OpenLog) -> None:
    stream = open_log("json")
    error = RuntimeError(f"bad token {TOKEN}")

    sys.excepthook(RuntimeError, error, None)

    (record,) = records(stream)
    assert record["event"] == "unhandled exception"
    assert record["reference"]
    assert TOKEN not in stream.getvalue()


def test_h3_exception_of_a_thread_is_logged_with_its_name(open_log: OpenLog) -> None:
    stream = open_log("json")

    def fail() -> None:
        raise RuntimeError("out of ink")

    thread = threading.Thread(target=fail, name="printer")
    thread.start()
    thread.join()

    (record,) = records(stream)
    assert record["thread"] == "printer"
    assert "out of ink" in str(record["exception"])


def test_h3_exception_in_a_destructor_is_logged(open_log: OpenLog) -> None:
    class Leaky:
        def __del__(self) -> None:
            raise RuntimeError("too late")

    stream = open_log("json")

    Leaky()
    gc.collect()

    assert "too late" in str(records(stream)[0]["exception"])


def test_h3_input_quoted_by_a_validator_is_hidden(open_log: OpenLog) -> None:
    class Person(BaseModel):
        age: int

    stream = open_log("json")
    try:
        Person.model_validate({"age": "Dana Invented"})
    except ValueError:
        structlog.get_logger("bot").exception("not a person")

    assert f"input_value={HIDDEN}, input_type=str" in str(records(stream)[0]["exception"])


def test_h3_row_quoted_by_postgresql_is_hidden() -> None:
    text = 'duplicate key "uq_people_email"\nDETAIL:  Key (email)=(dana@invented) already exists.'

    assert redact(text) == f'duplicate key "uq_people_email"\nDETAIL:  {HIDDEN}'


def test_ctrl_c_leaves_nothing_in_the_log(open_log: OpenLog) -> None:
    stream = open_log("json")

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert stream.getvalue() == ""


def test_references_differ() -> None:
    assert len({new_reference() for _ in range(100)}) == 100
