"""Small invented files that a person can send without choosing one."""

import struct
import zlib

from sandbox.model import UploadedFile

_SIDE = 96
_RGB = 2  # the PNG colour type


def _png() -> bytes:
    """Return a square picture, shaded from corner to corner."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    rows = b"".join(
        b"\0" + b"".join(bytes((40 + x, 90 + y, 160)) for x in range(_SIDE)) for y in range(_SIDE)
    )
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, _RGB, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


SAMPLES = {
    "photo": UploadedFile("photo.png", _png(), "image/png"),
    "document": UploadedFile("note.txt", b"An invented note.\n", "text/plain"),
    "voice": UploadedFile("voice.ogg", b"OggS" + bytes(60), "audio/ogg"),
    "sticker": UploadedFile("sticker.webp", b"RIFF\x1a\0\0\0WEBPVP8L" + bytes(14), "image/webp"),
    "video_note": UploadedFile("round.mp4", b"\0\0\0\x18ftypmp42" + bytes(12), "video/mp4"),
}
