"""What a message of a person holds, as plain data for the handlers."""

from datetime import UTC, datetime

from aiogram.types import Document, Message, PhotoSize, Voice

from bot.routes import Given, SharedContact, SharedLocation, SharedMedia
from bot.services.attachments import Incoming
from bot.services.states import AttachmentKind


def given_in(message: Message) -> Given:
    """Return what the person sent."""
    # Half a character, which JSON can carry, can be neither kept nor hashed nor sent back.
    text = (message.text or "").encode(errors="ignore").decode()
    return Given(text, _contact_of(message), location_of(message), _media_of(message))


def location_of(message: Message) -> SharedLocation | None:
    """Return the point in the message; a live one is where it was when the message was made."""
    location = message.location
    if location is None:
        return None
    return SharedLocation(
        location.latitude,
        location.longitude,
        location.horizontal_accuracy,
        live=location.live_period is not None,
        forwarded=message.forward_origin is not None,
        message_id=message.message_id,
    )


def edited_at(message: Message) -> datetime | None:
    """Return when the message was changed, as when a live location moved."""
    return datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else None


def _contact_of(message: Message) -> SharedContact | None:
    contact = message.contact
    if contact is None or message.from_user is None:
        return None
    name = f"{contact.last_name or ''} {contact.first_name}".strip()
    # A forwarded card of one's own is still one's own; a card without an account is nobody's.
    own = contact.user_id == message.from_user.id
    return SharedContact(contact.user_id, contact.phone_number, name, own)


def _media_of(message: Message) -> SharedMedia | None:
    """Return what came beside words; a gif comes as a document too, but is none to be kept."""
    caption = (message.caption or "").encode(errors="ignore").decode()
    unkept = (message.sticker, message.video_note, message.video, message.audio, message.animation)
    if any(part is not None for part in unkept):
        return SharedMedia(None, caption)
    if message.photo:
        # The largest of its sizes stands last.
        return SharedMedia(_incoming(message, AttachmentKind.PHOTO, message.photo[-1]), caption)
    if message.voice is not None:
        return SharedMedia(_incoming(message, AttachmentKind.VOICE, message.voice), caption)
    if message.document is not None:
        return SharedMedia(_incoming(message, AttachmentKind.DOCUMENT, message.document), caption)
    return None


def _incoming(
    message: Message, kind: AttachmentKind, file: PhotoSize | Voice | Document
) -> Incoming:
    return Incoming(
        kind,
        message.message_id,
        message.date,
        album_id=message.media_group_id,
        file_id=file.file_id,
        file_unique_id=file.file_unique_id,
        size=file.file_size,
    )
