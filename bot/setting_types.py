"""What a single setting may be; a value that is not raises ValueError and is shown nowhere."""

import re
from datetime import time
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, StringConstraints

_BOT_TOKEN = re.compile(r"[0-9]{6,}:[A-Za-z0-9_-]{30,}")
_SEED = re.compile(r"[0-9a-fA-F]{64}")
_TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")
_SHORTEST_PASSPHRASE = 12
# What Telegram takes for a secret token; long enough not to be guessed.
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_SQLITE_URL = re.compile(r"sqlite\+aiosqlite:///[^?#]+")


def _bot_token(secret: SecretStr) -> SecretStr:
    if not _BOT_TOKEN.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def _seed(secret: SecretStr) -> SecretStr:
    if not _SEED.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError
    return secret


def _database_url(secret: SecretStr) -> SecretStr:
    if _SQLITE_URL.fullmatch(secret.get_secret_value()):
        return secret
    parts = _split(secret.get_secret_value(), "postgresql+psycopg")
    if not parts.path.strip("/"):
        raise ValueError
    return secret


def _redis_url(secret: SecretStr) -> SecretStr:
    if not _split(secret.get_secret_value(), "redis", "rediss").hostname:
        raise ValueError
    return secret


def _sentry_dsn(secret: SecretStr) -> SecretStr:
    parts = _split(secret.get_secret_value(), "http", "https")
    if not (parts.username and parts.hostname and parts.path.rpartition("/")[2].isdigit()):
        raise ValueError
    return secret


def _http_url(value: str) -> str:
    if not _split(value, "http", "https").hostname:
        raise ValueError
    return value.rstrip("/")


def _split(url: str, *schemes: str) -> SplitResult:
    """Return the parts of a URL with one of the schemes, a sound port, and no empty password.

    A password that is there but empty is a secret somebody forgot to fill in.
    """
    parts = urlsplit(url)
    # .port is read lazily and raises ValueError itself when it is no port
    if parts.scheme not in schemes or parts.port == 0 or parts.password == "":
        raise ValueError
    return parts


def _plain_digits(value: object) -> object:
    """Refuse what int() would forgive: signs, underscores, digits of other scripts."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError
    return value


def _flag(value: object) -> object:
    """Refuse the many spellings of yes and no that pydantic forgives."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value)
    return value


def _passphrase(secret: SecretStr) -> SecretStr:
    """Refuse one that is guessed in an afternoon."""
    if len(secret.get_secret_value().strip()) < _SHORTEST_PASSPHRASE:
        raise ValueError
    return secret


def _time_of_day(value: object) -> object:
    """Take HH:MM only: pydantic forgives seconds, zones and plain numbers."""
    if isinstance(value, str):
        if not _TIME.fullmatch(value):
            raise ValueError
        return time.fromisoformat(value)
    return value


def _existing_folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError
    return path


BotToken = Annotated[SecretStr, AfterValidator(_bot_token)]
SeedHex = Annotated[SecretStr, AfterValidator(_seed)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
RedisUrl = Annotated[SecretStr, AfterValidator(_redis_url)]
SentryDsn = Annotated[SecretStr, AfterValidator(_sentry_dsn)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
Digits = Annotated[int, BeforeValidator(_plain_digits)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Passphrase = Annotated[SecretStr, AfterValidator(_passphrase)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Folder = Annotated[Path, AfterValidator(_existing_folder)]
FolderName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
BucketName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:_-]+$")]
