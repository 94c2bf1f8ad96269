"""The log as an operator reads it: the bot's own, written into a text for one test."""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any, Literal

import structlog

from bot.config import LogSettings
from bot.log import configure


@contextmanager
def logging_restored() -> Iterator[None]:
    """Let whoever runs in the block configure the log of the process; put it back afterwards."""
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    root = logging.getLogger()
    handlers, earlier = list(root.handlers), root.level
    words = structlog.get_config()
    for handler in handlers:  # pytest's own, which would show what ours hide
        root.removeHandler(handler)
    try:
        yield
    finally:
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
        root.handlers[:] = handlers
        root.setLevel(earlier)
        logging.captureWarnings(False)
        structlog.configure(**words)


@contextmanager
def logging_into(
    kind: Literal["console", "json"], level: Literal["DEBUG", "INFO"] = "INFO"
) -> Iterator[StringIO]:
    """Configure the log of the process into a text, and put everything back afterwards."""
    stream = StringIO()
    with logging_restored():
        configure(LogSettings(format=kind, level=level), stream)
        yield stream


def records(stream: StringIO) -> list[dict[str, Any]]:
    """Return the records of a JSON log, which must hold one per line."""
    return [json.loads(line) for line in stream.getvalue().split("\n")[:-1]]
