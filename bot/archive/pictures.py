"""Pictures made harmless: too large ones refused by their header, places in them taken out."""

import warnings
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

# More pixels than a phone's camera makes; decoded they take 200 MB.
LARGEST_PIXELS = 50_000_000
_QUALITY: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}, "PNG": {}}
_UPRIGHT = 1
# What else may hold words, places and names beside the points.
_NOTES = ("exif", "xmp", "comment", "icc_profile", "photoshop", "XML:com.adobe.xmp")


class PictureRefusedError(Exception):
    """The picture is not kept; the text is a code of why."""


def harmless(content: bytes) -> bytes:
    """Return the picture without anything but its points: no place, no camera, no comments.

    Raises:
        PictureRefusedError: it is no picture we know, is damaged, or unpacks to too much.
    """
    try:
        with warnings.catch_warnings():
            # We ask the header ourselves, and sooner.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=tuple(_QUALITY))
    except UnidentifiedImageError:
        raise PictureRefusedError("not_a_picture") from None
    except Image.DecompressionBombError:
        raise PictureRefusedError("too_large") from None
    except (OSError, ValueError, SyntaxError):
        raise PictureRefusedError("damaged_file") from None
    with picture:
        if picture.width * picture.height > LARGEST_PIXELS:
            raise PictureRefusedError("too_large")
        try:
            return _saved(picture)
        except (OSError, ValueError, SyntaxError):
            raise PictureRefusedError("damaged_file") from None


def _saved(picture: Image.Image) -> bytes:
    form = picture.format or ""
    how: dict[str, Any] = dict(_QUALITY[form])
    plain = picture
    if picture.getexif().get(ExifTags.Base.Orientation, _UPRIGHT) != _UPRIGHT:
        # The one thing its notes are needed for: which way is up.
        plain = ImageOps.exif_transpose(picture)
    elif form == "JPEG":
        how = {"quality": "keep"}  # its points stay as they are
    for name in _NOTES:
        plain.info.pop(name, None)
    kept = BytesIO()
    plain.save(kept, form, exif=b"", **how)
    return kept.getvalue()
