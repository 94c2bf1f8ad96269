"""Encryption of what the journal says about a person, so that erasing the key erases the words.

AES-256-GCM under a key per person; each text is bound to its place, so that it opens nowhere else.
"""

import base64
import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.types import canonical_json

_NONCE_LENGTH = 12


def new_key() -> bytes:
    """Return a fresh key of 32 bytes."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, values: dict[str, Any], *, place: str) -> str:
    """Return the values as a text of ASCII letters that only `key` opens, at `place` only."""
    nonce = os.urandom(_NONCE_LENGTH)
    sealed = AESGCM(key).encrypt(nonce, canonical_json(values).encode(), place.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(key: bytes, sealed: str, *, place: str) -> dict[str, Any]:
    """Return the values.

    Raises:
        cryptography.exceptions.InvalidTag: another key, another place, or a changed text.
    """
    raw = base64.b64decode(sealed)
    opened = AESGCM(key).decrypt(raw[:_NONCE_LENGTH], raw[_NONCE_LENGTH:], place.encode())
    values: dict[str, Any] = json.loads(opened)
    return values
