"""Files on the local Telegram: uploads, ids, limits, pictures' sizes."""

import hashlib
import mimetypes
import struct
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from sandbox.errors import bad_request, too_large
from sandbox.model import Json, StoredFile, UploadedFile

PHOTO_LIMIT = 10 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
DIMENSIONS_LIMIT = 10_000
RATIO_LIMIT = 20
SHORT_HEADER = 24
UNKNOWN_TYPE = "application/octet-stream"
FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "sticker": "stickers",
    "video_note": "video_notes",
}


class Files(Mapping[str, StoredFile]):
    """All files by `file_id`."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def __getitem__(self, file_id: str) -> StoredFile:
        return self._by_id[file_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def keep(self, kind: str, uploaded: UploadedFile) -> StoredFile:
        """Store an upload as a photo, document, voice, sticker or video note.

        Raises:
            ApiError: 413 or 400, too big; 400, empty or not a picture.
        """
        _check(kind, uploaded)
        width, height = picture_size(uploaded.data) or (0, 0)
        digest = hashlib.sha256(kind.encode() + uploaded.data).hexdigest()
        number = len(self._by_id) + 1
        suffix = PurePosixPath(uploaded.name).suffix or ".bin"
        file = StoredFile(
            file_id=f"SB{number:06d}{digest[:24]}",
            unique_id=digest[24:40],
            kind=kind,
            name=uploaded.name,
            mime_type=_mime_type(uploaded),
            data=uploaded.data,
            path=f"{FOLDERS[kind]}/file_{number}{suffix}",
            width=width,
            height=height,
        )
        self.add(file)
        return file

    def add(self, file: StoredFile) -> None:
        """Put back a file that was stored before."""
        self._by_id[file.file_id] = file

    def by_path(self, path: str) -> StoredFile | None:
        """Return the file that `getFile` gave this path for, or None."""
        return next((file for file in self._by_id.values() if file.path == path), None)

    def resolve(self, kind: str, source: str, parts: Mapping[str, UploadedFile]) -> StoredFile:
        """Return the file a parameter means: an attached part or the id of a file known here.

        Raises:
            ApiError: 400, no such part or file; the limits of `keep`.
        """
        if source.startswith("attach://"):
            part = parts.get(source.removeprefix("attach://"))
            if part is None:
                raise bad_request(f"there is no {kind} in the request")
            return self.keep(kind, part)
        if source.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        file = self._by_id.get(source)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(
                f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}"
            )
        return file


def _mime_type(uploaded: UploadedFile) -> str:
    if uploaded.mime_type != UNKNOWN_TYPE:
        return uploaded.mime_type
    return mimetypes.guess_type(uploaded.name)[0] or UNKNOWN_TYPE


def content_of(file: StoredFile) -> Json:
    """Return the message field that shows the file, such as `{"document": {...}}`."""
    base: Json = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
    }
    if file.kind == "photo":
        return {"photo": [{**base, "width": file.width, "height": file.height}]}
    if file.kind == "voice":
        return {"voice": {**base, "duration": 1, "mime_type": file.mime_type}}
    if file.kind == "video_note":
        return {"video_note": {**base, "length": 240, "duration": 1}}
    if file.kind == "sticker":
        about = {"type": "regular", "width": 512, "height": 512, "emoji": "\N{THUMBS UP SIGN}"}
        return {"sticker": {**base, **about, "is_animated": False, "is_video": False}}
    return {"document": {**base, "file_name": file.name, "mime_type": file.mime_type}}


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, JPEG or GIF in pixels, None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= SHORT_HEADER:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= SHORT_HEADER:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004  the mark of a segment
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004  frames
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def _check(kind: str, uploaded: UploadedFile) -> None:
    size = len(uploaded.data)
    if size > UPLOAD_LIMIT:
        raise too_large()
    if not size:
        raise bad_request("file must be non-empty")
    if kind != "photo":
        return
    if size > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_LIMIT} bytes"
        )
    measured = picture_size(uploaded.data)
    if measured is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = measured
    if (
        min(measured) <= 0
        or width + height > DIMENSIONS_LIMIT
        or max(measured) > RATIO_LIMIT * min(measured)
    ):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
