"""Looking at a PNG file without decoding it: whole or cut, and how large its picture is."""

import zlib
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_FRAME: Final = 12  # length, type and checksum around the data of each chunk


def png_size(png: bytes) -> tuple[int, int]:
    """Return width and height in pixels, as the header tells them.

    Raises:
        ValueError: it is no PNG, or it was cut or changed on the way.
    """
    if not png.startswith(_SIGNATURE):
        raise ValueError("not a PNG")
    chunks: list[bytes] = []
    size = (0, 0)
    position = len(_SIGNATURE)
    while chunks[-1:] != [b"IEND"]:
        length = int.from_bytes(png[position : position + 4])
        body = png[position + 4 : position + 8 + length]
        checksum = png[position + 8 + length : position + _FRAME + length]
        if len(checksum) < 4 or zlib.crc32(body) != int.from_bytes(checksum):  # noqa: PLR2004
            raise ValueError("a damaged PNG")
        if not chunks:
            size = (int.from_bytes(body[4:8]), int.from_bytes(body[8:12]))
        chunks.append(body[:4])
        position += _FRAME + length
    if chunks[0] != b"IHDR" or b"IDAT" not in chunks or 0 in size:
        raise ValueError("not a PNG with a picture")
    return size
