"""The file of a backup: lines compressed as gzip, and, with a passphrase, sealed piece by piece.

A sealed file begins with a line of its own, sixteen bytes that make the key of this file out of
the passphrase, and a seal of nothing, which a wrong passphrase cannot open. Each piece is bound to
its place and to whether it is the last, so none can be changed, left out, moved or cut off.
"""

import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_SEALED = b"komekshi sealed backup 1\n"
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_SALT_LENGTH = 16
_TAG_LENGTH = 16
_PIECE = 256 * 1024
_PLACE_LENGTH = 8
# 64 MiB and about a fifth of a second for each guess at a passphrase.
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}


class BackupFileError(Exception):
    """The file cannot be read; the text goes on after its name."""


class BackupWriter:
    """Writes blocks of lines into a file that is open already.

    Args:
        passphrase: seals the file; without one anybody can read it.
    """

    def __init__(self, file: BinaryIO, passphrase: str | None) -> None:
        self._file = file
        self._packing = zlib.compressobj(wbits=_GZIP_WINDOW)
        self._sealing: _Seals | None = None
        self._waiting = bytearray()
        if passphrase is not None:
            salt = os.urandom(_SALT_LENGTH)
            self._sealing = _Seals(passphrase, salt)
            file.write(_SEALED + salt + self._sealing.seal(b"", last=False))

    def write(self, block: bytes) -> None:
        """Add a block."""
        self._add(self._packing.compress(block))

    def finish(self) -> None:
        """Write what is left; without this the file is known to be cut off."""
        self._add(self._packing.flush())
        if self._sealing is not None:
            self._file.write(self._sealing.seal(bytes(self._waiting), last=True))

    def _add(self, packed: bytes) -> None:
        if self._sealing is None:
            self._file.write(packed)
            return
        self._waiting += packed
        while len(self._waiting) > _PIECE:
            self._file.write(self._sealing.seal(bytes(self._waiting[:_PIECE]), last=False))
            del self._waiting[:_PIECE]


def read_blocks(file: BinaryIO, passphrase: str | None) -> Iterator[bytes]:
    """Yield the blocks of a file, none larger than a piece, whatever it unpacks to.

    Raises:
        BackupFileError: it is no backup, was cut off or changed, or the passphrase is wrong.
    """
    unpacking = zlib.decompressobj(wbits=_GZIP_WINDOW)
    try:
        for piece in _pieces(file, passphrase):
            yield from _unpacked(unpacking, piece)
    except zlib.error:
        raise BackupFileError("was changed after it was made") from None
    if not unpacking.eof:
        raise BackupFileError("is cut off before its end")


def _unpacked(unpacking: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    if unpacking.eof:
        raise BackupFileError("goes on after its end")
    block = unpacking.decompress(packed, _PIECE)
    while block:
        yield block
        # At the limit there may be more behind it, even when all of the input is taken.
        block = unpacking.decompress(unpacking.unconsumed_tail, _PIECE)
    if unpacking.unused_data:
        raise BackupFileError("goes on after its end")


def _pieces(file: BinaryIO, passphrase: str | None) -> Iterator[bytes]:
    begin = file.read(len(_SEALED))
    if begin == _SEALED:
        if passphrase is None:
            raise BackupFileError("is sealed: set BACKUP_KEY to the passphrase it was made with")
        yield from _opened(file, passphrase)
        return
    if not begin.startswith(_GZIP):
        raise BackupFileError("is no backup of this bot")
    yield begin
    while piece := file.read(_PIECE):
        yield piece


def _opened(file: BinaryIO, passphrase: str) -> Iterator[bytes]:
    salt = file.read(_SALT_LENGTH)
    if len(salt) < _SALT_LENGTH:
        raise BackupFileError("is cut off before its end")
    seals = _Seals(passphrase, salt)
    try:
        seals.open(file.read(_TAG_LENGTH), last=False)
    except InvalidTag:
        raise BackupFileError("was sealed with another passphrase than BACKUP_KEY") from None
    piece, following = file.read(_PIECE + _TAG_LENGTH), b""
    while piece:
        following = file.read(_PIECE + _TAG_LENGTH)
        try:
            yield seals.open(piece, last=not following)
        except InvalidTag:
            raise BackupFileError("was changed or cut off after it was made") from None
        piece = following


class _Seals:
    """Seals and opens pieces one after another, under the key of one file."""

    def __init__(self, passphrase: str, salt: bytes) -> None:
        key = Scrypt(salt=salt, length=32, **_SCRYPT).derive(passphrase.encode())
        self._cipher = AESGCM(key)
        self._place = 0

    def seal(self, piece: bytes, *, last: bool) -> bytes:
        """Return the next piece, sealed."""
        return self._cipher.encrypt(self._nonce(last=last), piece, _SEALED)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        """Return the next piece.

        Raises:
            InvalidTag: it is another, or of another file.
        """
        return self._cipher.decrypt(self._nonce(last=last), sealed, _SEALED)

    def _nonce(self, *, last: bool) -> bytes:
        # Never twice under one key: each file has a key of its own, each piece a place.
        nonce = self._place.to_bytes(_PLACE_LENGTH) + int(last).to_bytes(4)
        self._place += 1
        return nonce
