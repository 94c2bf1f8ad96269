"""A local Telegram: one state behind an in-process door and an HTTP server."""

from sandbox.clock import SandboxClock
from sandbox.errors import ApiError, ConnectionDroppedError, PersonError
from sandbox.model import UploadedFile
from sandbox.server import Server, serve
from sandbox.telegram import Telegram

__all__ = [
    "ApiError",
    "ConnectionDroppedError",
    "PersonError",
    "SandboxClock",
    "Server",
    "Telegram",
    "UploadedFile",
    "serve",
]
