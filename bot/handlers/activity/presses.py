"""The buttons of results: of a draft, of an entry, of what is attached, and of one's own day."""

from aiogram.filters.callback_data import CallbackData

from bot.routes import Number


class NewActivity(CallbackData, prefix="act"):
    """Choose a kind: for what is attached, and for a shift that is over, where one is named."""

    attachment: Number = 0
    shift: Number = 0
    more: Number = 0


class RecordResult(CallbackData, prefix="result"):
    """Choose a kind, from the shift's card, which stays."""

    shift_id: Number


class BeginBeside(CallbackData, prefix="resultof"):
    """Begin a draft of the kind, from the shift's card, which stays."""

    shift_id: Number
    kind: str


class BeginActivity(CallbackData, prefix="actnew"):
    """Begin a draft of the kind."""

    kind: str
    attachment: Number = 0
    shift: Number = 0


class PickOffer(CallbackData, prefix="actpick"):
    """Give one of the answers offered, counted from 0, to a field of the draft."""

    tag: str
    field: str
    index: Number


class AskField(CallbackData, prefix="actask"):
    """Ask for a field of the draft, at a page of the answers offered."""

    tag: str
    field: str
    page: Number = 0


class SkipField(CallbackData, prefix="actskip"):
    """Leave a field of the draft empty."""

    tag: str
    field: str


class GoOnDraft(CallbackData, prefix="actgoon"):
    """See the draft as it was left, with the question that was open."""

    tag: str


class OpenForm(CallbackData, prefix="actform"):
    """See all of the draft."""

    tag: str


class SaveActivity(CallbackData, prefix="actsave"):
    """Save the draft with this key; ``sure`` holds the doubts that are settled."""

    key: str
    sure: Number = 0


class SaveChanges(CallbackData, prefix="entrysave"):
    """Save the changes of an entry, made from this version."""

    activity_id: Number
    version: Number


class SameOne(CallbackData, prefix="actsame"):
    """Say that the draft is what this entry holds already: nothing is saved."""

    tag: str
    activity_id: Number


class CancelDraft(CallbackData, prefix="actstop"):
    """Give the draft up."""

    tag: str


class OpenEntry(CallbackData, prefix="entry"):
    """Show one of one's entries."""

    activity_id: Number


class EditEntry(CallbackData, prefix="entryfix"):
    """Change one of one's entries."""

    activity_id: Number


class UndoEntry(CallbackData, prefix="entryundo"):
    """Take an entry just saved back."""

    activity_id: Number


class WithdrawEntry(CallbackData, prefix="entryaway"):
    """Withdraw an entry: asks for the reason."""

    activity_id: Number


class ShowHistory(CallbackData, prefix="entrylog"):
    """Show every version of an entry."""

    activity_id: Number


class Attach(CallbackData, prefix="attach"):
    """Say which entry an attachment belongs to, with all of its album."""

    attachment_id: Number
    activity_id: Number


class AskAttachment(CallbackData, prefix="attask"):
    """Ask once more what an attachment belongs to."""

    attachment_id: Number


class ForgetAttachment(CallbackData, prefix="attnone"):
    """Delete an attachment that belongs to nothing, with all of its album."""

    attachment_id: Number


class OpenDay(CallbackData, prefix="day"):
    """Show one's own day."""


class ShowMonth(CallbackData, prefix="dayhours"):
    """Draw the hours of this month."""


class ListEntries(CallbackData, prefix="entries"):
    """Show the entries of one of one's shifts."""

    shift_id: Number


class ListReturned(CallbackData, prefix="returned"):
    """Show a page of one's entries that came back."""

    page: Number = 0
