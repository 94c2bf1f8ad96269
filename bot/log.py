"""The log: structlog and the standard library in one redacted stream, a line per record."""

import asyncio
import json
import logging
import secrets
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.config import LogSettings
from bot.redaction import one_line, redact, safe

# What these say below WARNING happens on every request or every tick, and names no fault; drivers
# tell whole statements with all that people said.
_QUIET = (
    "aiogram.event",
    "aiohttp.access",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "asyncio",
    "psycopg",
    "sqlalchemy",
    "urllib3",
)
_LEADING = ("at", "level", "logger", "event")
_LOGGER = "bot.log"


def configure(settings: LogSettings, stream: TextIO | None = None) -> None:
    """Send every record of the process to `stream` (standard error unless given).

    Takes over the last-resort hooks of the interpreter and its threads too; an event loop is taken
    over by `watch_loop`. Moments are UTC. May be called again; the last call counts.
    """
    origin: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[
            *origin,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(settings.level),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = _Handler(sys.stderr if stream is None else stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=origin,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _tell_exception,
                _make_safe,
                _to_json if settings.format == "json" else _to_console,
            ],
        )
    )
    root = logging.getLogger()
    for earlier in [known for known in root.handlers if isinstance(known, _Handler)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    root.setLevel(settings.level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_thread


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Log what nobody awaited in this loop, with a reference number; the loop goes on."""
    loop.set_exception_handler(_log_unawaited)


def new_reference() -> str:
    """Return a number that a person can read out and an operator can find in the log."""
    return secrets.token_hex(4).upper()


def _log_unawaited(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # Only the task's name: its repr shows the exception, and the context arguments of callbacks.
    task = context.get("task") or context.get("future")
    error = context.get("exception")
    _report(
        str(context.get("message", "unhandled exception in the event loop")),
        error if isinstance(error, BaseException) else None,
        task=task.get_name() if isinstance(task, asyncio.Task) else None,
    )


def _log_uncaught(
    kind: type[BaseException], error: BaseException, _frames: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _report("unhandled exception", error)


def _log_thread(args: threading.ExceptHookArgs) -> None:
    thread = args.thread.name if args.thread else None
    _report("unhandled exception in a thread", args.exc_value, thread=thread)


def _log_unraisable(args: "sys.UnraisableHookArgs") -> None:
    _report(args.err_msg or "exception that could not be raised", args.exc_value)


def _report(event: str, error: BaseException | None, **values: str | None) -> None:
    structlog.get_logger(_LOGGER).error(event, exc_info=error, reference=new_reference(), **values)


def _tell_exception(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """Turn `exc_info` into text: frames and messages, never the values of variables."""
    error = event_dict.pop("exc_info", None)
    if error is True or isinstance(error, tuple):
        error = (sys.exc_info() if error is True else error)[1]
    if isinstance(error, BaseException):
        frames = traceback.TracebackException.from_exception(error, capture_locals=False)
        event_dict["exception"] = "".join(frames.format()).rstrip("\n")
    return event_dict


def _make_safe(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """Redact every value and keep it on one line; a traceback keeps its own lines."""
    exception = event_dict.pop("exception", None)
    clean: EventDict = {one_line(str(key)): safe(value) for key, value in event_dict.items()}
    if exception is not None:
        clean["exception"] = "\n".join(
            one_line(line) for line in redact(str(exception)).split("\n")
        )
    return clean


def _to_json(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> str:
    leading = {key: event_dict[key] for key in _LEADING if key in event_dict}
    return json.dumps({**leading, **event_dict}, ensure_ascii=False)


def _to_console(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> str:
    """Return `moment LEVEL logger: event key=value`, then the traceback behind a margin.

    Values that could be read as something else are quoted, and each line of a traceback has the
    margin, so that no text of a person can pass for a record.
    """
    at, level, logger, event = (event_dict.pop(key, "-") for key in _LEADING)
    exception = event_dict.pop("exception", None)
    parts = [f"{at} {str(level).upper():<8} {logger}: {event}"]
    parts += [f"{key}={_console_value(value)}" for key, value in event_dict.items()]
    lines = [" ".join(parts)]
    if exception is not None:
        lines += [f"    | {line}" for line in str(exception).split("\n")]
    return "\n".join(lines)


def _console_value(value: object) -> str:
    if isinstance(value, str) and value and not set(value) & set(" =\"'\\"):
        return value
    return json.dumps(value, ensure_ascii=False)


class _Handler(logging.StreamHandler[TextIO]):
    """Writes records; one that cannot be written leaves its place and reason, not its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say that a record was lost: logging's own way would print its arguments unredacted."""
        reason = sys.exc_info()[0]
        if reason is None or issubclass(reason, OSError):  # nowhere left to write
            return
        notice = logging.LogRecord(
            record.name,
            logging.ERROR,
            record.pathname,
            record.lineno,
            "a log record could not be written: %s in %s line %d",
            (reason.__name__, record.module, record.lineno),
            None,
        )
        self.stream.write(self.format(notice) + self.terminator)
        self.flush()
