"""A draft of a result: what is answered, what is asked now, and what comes next.

It lives in the dialogue's data only, and stays open while the person looks elsewhere. Nothing that
was said to be saved is in it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.context import Context
from bot.screens import Expected
from bot.services.activity import NewEntry
from bot.services.activity_answers import FieldRule
from bot.services.activity_cards import EntryCard
from bot.services.activity_drafts import Begun
from bot.services.activity_entries import values_of
from bot.services.activity_fields import OFFICER, ActivityRules, KindRule

ANSWER = "activity"
FORM = ""
_DATA = "draft"
_TAG_LENGTH = 8
_ENTRY = "entry "
# As many as the shortest lists of the pack have: those need no pages.
OFFERS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """A result on its way.

    Attributes:
        key: saves it once.
        shift_ended_at: in ISO form when the shift is over, else empty.
        values: the answers, as ``bot.services.activity_answers`` describes them.
        passed: fields that were asked and left empty.
        field: the one asked now, or ``FORM`` when all of it is shown.
        page: of the answers offered.
        offers: the answers offered, as buttons number them.
        walking: whether every field is asked in turn, because nothing is known from last time.
        attachments: ids of what came while it was written.
        entry_id: the entry being changed, or 0; ``version`` is the one it is made from.
    """

    key: str
    kind: str
    shift_id: int
    shift_ended_at: str
    values: Mapping[str, Any]
    passed: tuple[str, ...] = ()
    field: str = FORM
    page: int = 0
    offers: tuple[Any, ...] = ()
    walking: bool = False
    attachments: tuple[int, ...] = ()
    entry_id: int = 0
    version: int = 0

    @property
    def tag(self) -> str:
        """What its buttons carry, so that those of another draft are recognised."""
        return self.key[:_TAG_LENGTH]

    @property
    def identity(self) -> str:
        """What tells it from other drafts; changes of one entry are one draft."""
        return f"{_ENTRY}{self.entry_id}" if self.entry_id else self.key

    @property
    def last_page(self) -> int:
        """The number of the last page of answers, from 0."""
        return max(0, (len(self.offers) - 1) // OFFERS_SHOWN)

    @property
    def expected(self) -> Expected:
        """What the person's next message means while it is open."""
        return Expected(ANSWER, {_DATA: asdict(self)})

    @property
    def entry(self) -> NewEntry:
        """The draft as the service saves it."""
        return NewEntry(self.key, self.shift_id, self.kind, self.values, self.attachments)

    def changes(self, entry_id: int, version: int) -> bool:
        """Tell whether it changes this version of the entry."""
        return (self.entry_id, self.version) == (entry_id, version)

    def is_of(self, kind: str, shift_id: int) -> bool:
        """Tell whether it is a new result of this kind, of this shift."""
        return not self.entry_id and (self.kind, self.shift_id) == (kind, shift_id)

    def answered(self, name: str, value: object) -> "Draft":
        """Return the draft with an answer."""
        return replace(
            self,
            values={**self.values, name: value},
            passed=tuple(each for each in self.passed if each != name),
        )

    def emptied(self, name: str) -> "Draft":
        """Return the draft with the field left empty."""
        values = {field: value for field, value in self.values.items() if field != name}
        return replace(self, values=values, passed=(*self.passed, name))


def new_draft(kind: str, begun: Begun, attachments: tuple[int, ...]) -> Draft:
    """Return a draft as it begins."""
    return Draft(
        key=secrets.token_hex(16),
        kind=kind,
        shift_id=begun.shift_id,
        shift_ended_at=begun.shift_ended_at.isoformat() if begun.shift_ended_at else "",
        values=dict(begun.values),
        walking=not begun.remembered,
        attachments=attachments,
    )


def draft_of(card: EntryCard) -> Draft:
    """Return a draft of changes to an entry."""
    return Draft(
        key=secrets.token_hex(16),
        kind=card.kind,
        shift_id=card.shift_id,
        shift_ended_at="",
        values=values_of(card),
        entry_id=card.id,
        version=card.version,
    )


def read_draft(ctx: Context, data: Mapping[str, Any]) -> Draft | None:
    """Return the draft in a dialogue's data; none if it is lost, or its kind has left the pack."""
    held = data.get(_DATA)
    try:
        draft = Draft(**held) if isinstance(held, dict) else None
    except TypeError:
        # Kept by another release, of another form.
        return None
    if draft is None or draft.kind not in ctx.services.drafts.rules.kinds:
        return None
    # JSON knows lists only.
    return replace(
        draft,
        passed=tuple(draft.passed),
        offers=tuple(draft.offers),
        attachments=tuple(draft.attachments),
    )


def open_drafts(ctx: Context) -> list[Draft]:
    """Return the drafts that are open, the one asked about last first."""
    found = (read_draft(ctx, data) for data in (ctx.remembered, ctx.beneath))
    return [draft for draft in found if draft is not None]


def draft_key(data: Mapping[str, Any]) -> str | None:
    """Return the ``identity`` of the draft in a dialogue's data, whatever release kept it."""
    held = data.get(_DATA)
    if not isinstance(held, dict):
        return None
    entry_id = held.get("entry_id")
    return f"{_ENTRY}{entry_id}" if entry_id else held.get("key")


def first_field(rules: ActivityRules, draft: Draft) -> str:
    """Return what is asked first: the first field that must be filled, or the form."""
    missing = rules.missing(rules.kind(draft.kind), draft.values)
    return missing[0] if missing else FORM


def next_field(rules: ActivityRules, draft: Draft) -> str:
    """Return what is asked next: in turn while walking, else only what must be filled."""
    if not draft.walking:
        return first_field(rules, draft)
    kind = rules.kind(draft.kind)
    ahead = (field.name for field in kind.fields if _is_open(rules, kind, field, draft))
    return next(ahead, FORM)


def previous_field(rules: ActivityRules, draft: Draft) -> str | None:
    """Return the field before the one asked, while walking; ``None`` at the first."""
    names = [field.name for field in rules.kind(draft.kind).fields]
    if not draft.walking or draft.field not in names:
        return None
    before = names[: names.index(draft.field)]
    asked = [name for name in before if name in draft.values or name in draft.passed]
    return asked[-1] if asked else None


def _is_open(rules: ActivityRules, kind: KindRule, field: FieldRule, draft: Draft) -> bool:
    if field.name in draft.values:
        return False
    if rules.required(kind, field, draft.values):
        return True
    if field.name in draft.passed:
        return False
    # With whom no officer need be present, nobody is asked for one.
    return not (field.name == OFFICER and kind.officer == "on-record")


async def asking(ctx: Context, draft: Draft, name: str, page: int = 0) -> Draft:
    """Return the draft with the field asked now, and likely answers to it."""
    field = ctx.services.drafts.rules.kind(draft.kind).field(name)
    if field is None:
        return replace(draft, field=FORM, page=0, offers=())
    offers = await ctx.services.drafts.offers(ctx.me_id, draft.shift_id, field, draft.values)
    draft = replace(draft, field=name, offers=tuple(offers))
    return replace(draft, page=min(page, draft.last_page))
