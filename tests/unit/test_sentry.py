"""What goes to Sentry: where it failed and which ids, and not a word of anybody."""

import gzip
import json
import logging
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import structlog

from bot.sentry import clean, reporting
from bot.start_error import StartError
from tests.logbook import logging_into
from tests.outbound import DSN, Outbound

NAME, PHONE = "Kanareikina Zhanel", "+77019998877"
TOKEN = "123456789:AAF-invented_invented_invented_inv"
PLACE = "53.219913, 63.635512"
SECRETS = (NAME, "Kanareikina", PHONE, PHONE[1:], TOKEN, "AAF-inv", "53.2199", "Серікова")


@pytest.fixture
def sent() -> Iterator[list[bytes]]:
    Outbound.sent.clear()
    yield Outbound.sent
    Outbound.sent.clear()


def event_of(envelope: bytes) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(envelope.splitlines()[2])
    return event


def fail(name: str, phone: str) -> None:
    place, token = PLACE, TOKEN
    raise LookupError(f"{name} {phone} {place} {token} Серікова")


def test_h3_an_error_is_sent_with_its_places_and_ids_and_without_words(sent: list[bytes]) -> None:
    log = structlog.get_logger("bot.intake.lanes")
    with logging_into("json"), reporting(DSN, Outbound):
        try:
            fail(NAME, PHONE)
        except LookupError as error:
            told = ValueError(f"while {NAME} at {PLACE}")
            told.__cause__ = error
            with structlog.contextvars.bound_contextvars(update_id=77, person=NAME):
                log.exception("update_failed", exc_info=told, reference="AB12CD34", phone=PHONE)

    (envelope,) = sent
    event = event_of(envelope)
    assert event["message"] == "update_failed"
    assert event["level"] == "error"
    assert event["logger"] == "bot.intake.lanes"
    assert event["tags"] == {"reference": "AB12CD34", "update_id": 77}
    kinds = [error["type"] for error in event["exception"]["values"]]
    assert kinds == ["LookupError", "ValueError"]
    frame = event["exception"]["values"][0]["stacktrace"]["frames"][-1]
    assert frame["function"] == "fail"
    assert frame["lineno"] > 0
    for secret in SECRETS:
        assert secret.encode() not in envelope
    # Neither the machine nor its folders.
    assert b"vars" not in envelope
    assert b"abs_path" not in envelope
    assert sys.prefix.encode() not in envelope


def test_log_exception_finds_the_error_in_hand(sent: list[bytes]) -> None:
    with logging_into("json"), reporting(DSN, Outbound):
        try:
            fail(NAME, PHONE)
        except LookupError:
            structlog.get_logger("bot.jobs.outbox").exception("notice_failed", notice_id=5)

    assert event_of(sent[0])["exception"]["values"][0]["type"] == "LookupError"
    assert event_of(sent[0])["tags"] == {"notice_id": 5}


def test_words_of_others_are_not_sent_and_less_than_an_error_is_not_either(
    sent: list[bytes],
) -> None:
    with logging_into("json"), reporting(DSN, Outbound):
        logging.getLogger("aiohttp.server").error("Error handling %s", NAME)
        structlog.get_logger("bot.x").error(f"hello {NAME}")
        structlog.get_logger("bot.x").warning("update_again")
        logging.getLogger("urllib3.connectionpool").error("no way to sentry")
        logging.getLogger("sentry_sdk.errors").error("no way to sentry")

    assert [event_of(each).get("message") for each in sent] == [None, None]
    assert NAME.encode() not in b"".join(sent)


def test_what_is_added_on_the_way_is_left_out() -> None:
    event: Any = {
        "event_id": "0" * 32,
        "level": "error",
        "message": NAME,
        "user": {"username": NAME},
        "request": {"data": PHONE},
        "extra": {"place": PLACE},
        "contexts": {"runtime": {"name": "CPython"}},
        "breadcrumbs": {"values": [{"message": NAME}]},
        "server_name": "a-machine",
        "modules": {"aiogram": "3"},
        "tags": {"reference": f"x {PHONE}", "who": NAME},
        "exception": {
            "values": [
                {
                    "type": "E",
                    "value": NAME,
                    "stacktrace": {"frames": [{"function": "f", "vars": {"name": NAME}}]},
                }
            ]
        },
    }

    kept = clean(event, {})

    assert set(kept) == {"event_id", "level", "tags", "exception"}
    assert kept["tags"] == {"reference": "x [hidden]"}
    for secret in SECRETS:
        assert secret not in json.dumps(kept)


def test_an_end_of_the_process_is_sent_but_not_a_refusal_to_start(sent: list[bytes]) -> None:
    with logging_into("json"):
        with pytest.raises(LookupError), reporting(DSN, Outbound):
            fail(NAME, PHONE)
        with pytest.raises(StartError), reporting(DSN, Outbound):
            raise StartError("BOT_TOKEN: is not set")

    (envelope,) = sent
    assert event_of(envelope)["message"] == "process_failed"
    assert event_of(envelope)["level"] == "critical"


def test_a_report_that_cannot_be_made_hurts_nobody(sent: list[bytes]) -> None:
    with logging_into("json") as stream, reporting(DSN, Outbound):
        root = logging.getLogger()
        (handler,) = [each for each in root.handlers if type(each).__module__ == "bot.sentry"]
        client = handler._client  # type: ignore[attr-defined]
        client.capture_event = fail
        structlog.get_logger("bot.x").error("update_failed")

    assert "report_not_sent" in stream.getvalue()
    assert NAME not in stream.getvalue()
    assert not sent


def test_an_error_arrives_over_http() -> None:
    arrived: list[tuple[str, bytes]] = []

    class Sentry(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            arrived.append((self.path, gzip.decompress(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Sentry) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        dsn = DSN.replace("https", "http").replace(
            "sentry.invalid", f"127.0.0.1:{server.server_port}"
        )
        with logging_into("json"), reporting(dsn):
            structlog.get_logger("bot.x").error("update_failed", reference="AB12CD34")
        server.shutdown()
        serving.join()

    ((path, envelope),) = arrived
    assert path == "/api/7/envelope/"
    assert event_of(envelope)["tags"] == {"reference": "AB12CD34"}


def test_afterwards_nothing_is_sent(sent: list[bytes]) -> None:
    with logging_into("json"):
        with reporting(DSN, Outbound):
            pass
        structlog.get_logger("bot.x").error("update_failed")
    assert not sent
