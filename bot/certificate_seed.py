"""The secret that signs certificates: from the settings, or from a file made at the first start."""

import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from bot.start_error import StartError

SEED_BYTES = 32


def signing_seed(given: SecretStr | None, file: Path) -> bytes:
    """Return the 32 secret bytes; without a setting, those of the file, made when it is not there.

    Raises:
        StartError: the file holds something else, or cannot be made or read.
    """
    if given is not None:
        return bytes.fromhex(given.get_secret_value())
    try:
        return _kept(file)
    except OSError as error:
        raise StartError(f"CERTIFICATE_KEY_FILE: {file}: {error.strerror}") from error


def _kept(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Only its owner may read it, from its first byte on; whoever comes second reads it too.
        made = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _read(file)
    with os.fdopen(made, "w", encoding="ascii") as seed:
        seed.write(f"{secrets.token_hex(SEED_BYTES)}\n")
    return _read(file)


def _read(file: Path) -> bytes:
    try:
        seed = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise StartError(f"CERTIFICATE_KEY_FILE: {file}: must hold 64 hexadecimal digits")
    return seed
