"""Errors of the log sent to Sentry: what failed and where, never the words of an exception."""

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog

from bot.redaction import safe
from bot.start_error import StartError

if TYPE_CHECKING:
    from sentry_sdk import Client
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Event, Hint

log = structlog.get_logger(__name__)

Json = dict[str, Any]

# What ties an event to the log, where the rest can be read.
_IDS = ("reference", "update_id", "notice_id", "cause")
# Names of events are words of ours; anything else may hold somebody's.
_OWN_WORDS = re.compile(r"[a-z][a-z_ ]{0,79}")
_KEPT = ("event_id", "timestamp", "platform", "level", "logger", "sdk", "environment", "release")
_KEPT_OF_FRAME = ("filename", "function", "module", "lineno", "in_app")
# Their own troubles are not sent through themselves.
_UNSENT = ("sentry_sdk", "urllib3")
_LAST_WORDS_S = 2.0


@contextmanager
def reporting(dsn: str, transport: "type[Transport] | None" = None) -> Iterator[None]:
    """Send every error that is logged in the block to the project of the DSN.

    Args:
        transport: another way out than HTTP.
    """
    client = _client(dsn, transport)
    handler = _Handler(client)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    except StartError:
        raise
    except Exception as error:
        # It ends the process: told here, as the log's last words come when this is closed.
        log.critical("process_failed", exc_info=error)
        raise
    finally:
        root.removeHandler(handler)
        client.close(timeout=_LAST_WORDS_S)


def clean(event: "Event", _hint: "Hint") -> "Event":
    """Return what may leave the machine: kinds of errors, places in code, ids.

    A list of what is kept, not of what is taken out: names in Latin letters and coordinates look
    like any other word and number, so no free text goes at all.
    """
    source: Mapping[str, Any] = event
    kept: Json = {key: safe(source[key]) for key in _KEPT if source.get(key) is not None}
    kept["tags"] = {key: safe(value) for key, value in _tags(source).items() if key in _IDS}
    message = _tags(source).get("event")
    if isinstance(message, str) and _OWN_WORDS.fullmatch(message):
        kept["message"] = safe(message)
    errors = (source.get("exception") or {}).get("values") or []
    kept["exception"] = {"values": [_without_words(error) for error in errors]}
    return kept  # type: ignore[return-value] # built of the keys of an event


def _tags(event: Mapping[str, Any]) -> Mapping[str, Any]:
    tags = event.get("tags") or {}
    return tags if isinstance(tags, Mapping) else {}


def _without_words(error: Mapping[str, Any]) -> Json:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    return {
        "type": safe(error.get("type")),
        "module": safe(error.get("module")),
        "stacktrace": {
            "frames": [
                {key: safe(frame.get(key)) for key in _KEPT_OF_FRAME if key in frame}
                for frame in frames
            ]
        },
    }


def _client(dsn: str, transport: "type[Transport] | None") -> "Client":
    # Loaded only where it is used: it costs half a second, and knows how to listen in to others.
    from sentry_sdk import Client  # noqa: PLC0415

    # Data of people are off where `send_default_pii` is not named, and naming it is deprecated.
    return Client(
        dsn=dsn,
        transport=transport,
        before_send=clean,
        default_integrations=False,
        auto_enabling_integrations=False,
        max_request_body_size="never",
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        spotlight=False,
        auto_session_tracking=False,
        send_client_reports=False,
        enable_backpressure_handling=False,
        # Otherwise the name of the machine, and what git says of the folder the bot was started in.
        server_name="komekshi",
        release="komekshi",
    )


class _Handler(logging.Handler):
    """Hands on errors; our records hold their values as a mapping in place of a message."""

    def __init__(self, client: "Client") -> None:
        super().__init__(logging.ERROR)
        self._client = client

    def emit(self, record: logging.LogRecord) -> None:
        """Send the record, without failing whoever logs."""
        if record.name.startswith(_UNSENT):
            return
        try:
            self._client.capture_event(self._event(record))
        except Exception as error:  # noqa: BLE001 - a fault here must not hurt what is being told
            log.warning("report_not_sent", reason=type(error).__name__)

    def _event(self, record: logging.LogRecord) -> "Event":
        from sentry_sdk.utils import event_from_exception  # noqa: PLC0415

        values: Mapping[str, Any] = record.msg if isinstance(record.msg, dict) else {}
        told = values.get("exc_info") or record.exc_info
        error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
        event: Json = {}
        if isinstance(error, BaseException):
            event.update(event_from_exception(error, client_options=self._client.options)[0])
        known = {key: values[key] for key in (*_IDS, "event") if values.get(key) is not None}
        event.update(level=record.levelname.lower(), logger=record.name, tags=known)
        return event  # type: ignore[return-value] # built of the keys of an event
