"""Everything the bot hears, tried by everybody: refused without a trace, or theirs to do.

The table of routes itself is walked, so a new button, key, command, link or question fails here
until it has a rule.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram.fsm.storage.base import StorageKey

from bot.handlers import build_routes
from bot.routes import AnswerRoute, KeyRoute, LinkRoute, PressRoute
from bot.services.rights import HOLDERS, Right
from bot.services.states import AssistantStatus, Role
from tests.flows.duty import on_shift
from tests.flows.furnished import ELSEWHERE, HERE, Objects, furnish
from tests.phone import Phone
from tests.town import Town

# What a person does to nobody but oneself; everything else needs a right.
ON_ONESELF = {
    "presses": {
        "act",
        "actask",
        "actform",
        "actgoon",
        "actnew",
        "actpick",
        "actsame",
        "actsave",
        "actskip",
        "actstop",
        "agree",
        "answer",
        "apply",
        "attach",
        "attask",
        "attnone",
        "brbegin",
        "brief",
        "brnext",
        "brpage",
        "brshow",
        "day",
        "dayhours",
        "district",
        "entries",
        "entry",
        "entryaway",
        "entryfix",
        "entrylog",
        "entrysave",
        "entryundo",
        "eraseask",
        "eraseme",
        "fixback",
        "fixlen",
        "giveup",
        "handbook",
        "hbcase",
        "hbtopic",
        "home",
        "lang",
        "mydata",
        "myduties",
        "myshift",
        "myshifts",
        "phone",
        "quiz",
        "redistrict",
        "regback",
        "rename",
        "result",
        "resultof",
        "returned",
        "shiftat",
        "shiftend",
        "shiftfix",
        "shiftlive",
        "shiftother",
        "shiftstay",
        "sign",
        "withdraw",
    },
    "answers": {
        "activity",
        "activity-kind",
        "entry-withdrawal",
        "handbook-question",
        "profile-phone",
        "registration-name",
        "registration-phone",
        "shift-end",
        "shift-end-time",
        "shift-fix-reason",
        "shift-fix-times",
        "shift-start",
        "verification-number",
    },
    "keys": {
        "key-apply",
        "key-briefing",
        "key-cancel",
        "key-certificates",
        "key-change-name",
        "key-end-no-location",
        "key-end-shift",
        "key-handbook",
        "key-help",
        "key-language",
        "key-my-application",
        "key-my-day",
        "key-my-shifts",
        "key-profile",
        "key-result",
        "key-start-no-location",
        "key-start-shift",
    },
    "commands": {"cancel", "check", "help", "language", "menu", "mydata", "start"},
    # Their secret is what is asked for.
    "links": {"account", "cert", "claim", "invite"},
}
# These name no object, or any number of them, of which those out of reach are left out: a
# coordinator of another district sees that district in them.
LISTS = {
    "apps",
    "day-fix-reason",
    "day-fix-times",
    "fixall",
    "fixmany",
    "fixpick",
    "shiftday",
    "people",
    "invites",
    "newinv",
    "assistant-search",
    "duty",
    "forgotten",
    "journal",
    "journalget",
    "roster",
    "settleall",
    "shift-settle-reason",
}

# These mean something only while a draft is open.
OF_DRAFTS = {
    "actask",
    "actform",
    "actgoon",
    "actpick",
    "actsame",
    "actsave",
    "actskip",
    "actstop",
    "entrysave",
    "resultof",
}

# These say again what was written into them.
ECHOES = {"assistant-search", "role-candidate"}

# Tables whose rows are everybody's.
OF_ALL = {"audit_head", "counters"}
KINDS = ("presses", "answers", "keys", "commands", "links")
Phones = Mapping[str, Phone]
Route = PressRoute | AnswerRoute | KeyRoute | LinkRoute
ROUTES = build_routes()


@dataclass(frozen=True)
class Act:
    """One entry of the table: how it is called there, and how it is done."""

    name: str
    kind: str
    right: Right | None
    route: Route

    @property
    def names_nothing(self) -> bool:
        """Whether it is about what is the actor's, and about no object it names."""
        return self.kind == "keys" or self.name in LISTS

    async def do(self, town: Town, phone: Phone, objects: Objects) -> str:
        """Do it, and return what the person is told of it."""
        match self.route:
            case PressRoute():
                if self.name in OF_DRAFTS:
                    draft = objects.draft(changing=self.name == "entrysave")
                    await remember(town, phone, "activity", draft)
                await phone.press_data(objects.press(self.route))
                return phone.toast
            case AnswerRoute():
                # A dialogue the person should never have come to.
                data, words = objects.answer(self.name)
                await remember(town, phone, self.name, data)
                await phone.send(words)
            case KeyRoute() if self.kind == "keys":
                await phone.send(phone.says(self.name))
            case KeyRoute():
                await phone.send(f"/{self.name}")
            case LinkRoute():
                await phone.start(f"{self.name}_AAAAAAAA")
        return phone.screen


ACTS = [
    Act(name, kind, route.right, route)
    for kind in KINDS
    for name, route in getattr(ROUTES, kind).items()
]
BY_RIGHT = [(act, act.right) for act in ACTS if act.right is not None]


async def remember(town: Town, phone: Phone, name: str, data: dict[str, Any]) -> None:
    key = StorageKey(bot_id=town.app.bot.id, chat_id=phone.id, user_id=phone.id)
    await town.app.listening.dispatcher.storage.set_state(key, name)
    await town.app.listening.dispatcher.storage.set_data(key, data)


async def nobody(town: Town) -> Phone:
    phone = town.phone(language="kk")  # the one that speaks before a language is chosen
    await phone.start()
    return phone


async def suspended(town: Town) -> Phone:
    phone = await town.assistant(HERE)
    me = await town.me(phone)
    await town.house.services.assistants.set_status(
        await town.admin_id(), me.person_id, AssistantStatus.SUSPENDED, "Просит перерыв"
    )
    await town.settle()
    return phone


async def observer(town: Town) -> Phone:
    phone = await town.applicant(HERE)
    await town.appoint(phone, Role.OBSERVER)
    return phone


async def dismissed_coordinator(town: Town) -> Phone:
    phone = await town.coordinator(HERE)
    await town.dismiss(phone)
    return phone


async def dismissed_admin(town: Town) -> Phone:
    phone = await town.admin()
    await town.dismiss(phone, Role.ADMIN)
    return phone


async def moved(town: Town) -> Phone:
    phone = await dismissed_coordinator(town)
    await town.appoint(phone, Role.COORDINATOR, ELSEWHERE)
    return phone


STRANGERS: dict[str, Callable[[Town], Awaitable[Phone]]] = {
    "nobody": nobody,
    "applicant": lambda town: town.applicant(HERE),
    "assistant": lambda town: on_shift(town, district=HERE),
    "assistant suspended": suspended,
    "observer": observer,
    "coordinator dismissed": dismissed_coordinator,
    "admin dismissed": dismissed_admin,
    "coordinator elsewhere": lambda town: town.coordinator(ELSEWHERE),
    "coordinator moved": moved,
}
# The least anybody can be, somebody with a shift and results of one's own, and staff.
AT_LIBERTY = ("applicant", "assistant", "coordinator elsewhere")
ELSEWHERES = frozenset({"coordinator elsewhere", "coordinator moved"})
HOLDING: dict[Role, Callable[[Town], Awaitable[Phone]]] = {
    Role.ADMIN: lambda town: town.admin(),
    Role.COORDINATOR: lambda town: town.coordinator(HERE),
}


def refused(phone: Phone, said: str) -> bool:
    return any(phone.says(why) in said for why in ("error-access-denied", "error-not-found"))


def bot_words(phone: Phone, since: int) -> str:
    """Return all the bot wrote from the message on, its buttons and its last toast."""
    parts = [phone.toast]
    for message in phone.inbox:
        if message["message_id"] < since:
            continue
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        parts += [phone.words(message), *(button["text"] for row in rows for button in row)]
    return "\n".join(parts)


async def shown_by(town: Town, phone: Phone, act: Act, objects: Objects) -> tuple[str, list[str]]:
    """Do it; return what the person is told of it, and what they must not read in the answer."""
    last = phone.inbox[-1]["message_id"]
    said = await act.do(town, phone, objects)
    # A press changes the message it is on; anything else is answered below it.
    shown = bot_words(phone, last if act.kind == "presses" else last + 1)
    return said, [] if act.name in ECHOES else [word for word in objects.words if word in shown]


async def test_every_act_is_refused_to_strangers_without_a_trace(town: Town) -> None:
    """A coordinator of another district may ask for lists, and sees that district in them."""
    await town.admin("Бірінші Әкім")
    objects = await furnish(town)
    phones = {name: await enter(town) for name, enter in STRANGERS.items()}
    wrong, before = [], await town.dump()
    for act, right in BY_RIGHT:
        listed = act.names_nothing and Role.COORDINATOR in HOLDERS[right]
        allowed = ELSEWHERES if listed else ()
        wrong += await told_wrongly(town, act, without(phones, *allowed), objects, theirs=False)
        if await town.dump() != before:
            wrong.append(f"{act.name}: changed something")
        if allowed:
            theirs = {name: phones[name] for name in allowed}
            wrong += await told_wrongly(town, act, theirs, objects, theirs=True)
            before = await town.dump()
    assert not wrong, "\n\n".join(wrong)


async def told_wrongly(
    town: Town, act: Act, phones: Phones, objects: Objects, *, theirs: bool
) -> list[str]:
    """Have strangers do it; return who is not told what they should be, or more than that."""
    wrong = []
    for name, phone in phones.items():
        said, leaks = await shown_by(town, phone, act, objects)
        if leaks:
            wrong.append(f"{name}: {act.name}: tells {leaks}")
        # Who has chosen no language has no keys either: their words are words.
        deaf = act.kind == "keys" and name == "nobody"
        if refused(phone, said) == theirs and not deaf:
            wrong.append(f"{name}: {act.name}: {'refused' if theirs else 'allowed'}: {said}")
    return wrong


def without(phones: Phones, *names: str) -> Phones:
    return {name: phone for name, phone in phones.items() if name not in names}


@pytest.mark.parametrize("role", HOLDING)
async def test_every_act_is_done_for_whom_the_table_of_rights_names(town: Town, role: Role) -> None:
    await town.admin("Бірінші Әкім")
    objects = await furnish(town)
    phone = await HOLDING[role](town)
    wrong, before = [], await town.dump()
    # First what must leave no trace.
    for act, right in sorted(BY_RIGHT, key=lambda each: role in HOLDERS[each[1]]):
        theirs = role in HOLDERS[right]
        if theirs and before:
            assert await town.dump() == before
            before = {}
        await phone.start()
        if act.kind == "keys" and (phone.says(act.name) in phone.keys) != theirs:
            wrong.append(f"{act.name}: in the menu or not")
        said, _ = await shown_by(town, phone, act, objects)
        if refused(phone, said) == theirs:
            wrong.append(f"{act.name}: {'refused' if theirs else 'allowed'}: {said}")
    assert not wrong, "\n\n".join(wrong)


async def test_e1_what_needs_no_right_does_nothing_to_anybody_else(town: Town) -> None:
    """Each free act is tried with the numbers of somebody else's objects."""
    await town.admin("Бірінші Әкім")
    objects = await furnish(town)
    stood = await rows_of(town)
    phones = {name: await STRANGERS[name](town) for name in AT_LIBERTY}
    wrong = []
    for act in ACTS:
        if act.right is not None:
            continue
        for name, phone in phones.items():
            _, leaks = await shown_by(town, phone, act, objects)
            if leaks:
                wrong.append(f"{name}: {act.name}: tells {leaks}")
    wrong += sorted(stood - await rows_of(town))
    assert not wrong, "\n\n".join(wrong)


async def rows_of(town: Town) -> set[str]:
    """Return every row that is of somebody, in words."""
    dump = await town.dump()
    return {f"{table}: {row}" for table in dump.keys() - OF_ALL for row in dump[table]}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_a_person_can_do_needs_a_right_or_concerns_oneself(kind: str) -> None:
    free = {act.name for act in ACTS if act.kind == kind and act.right is None}
    assert free == ON_ONESELF[kind]


@pytest.mark.parametrize("data", ["007", "+7", " 7", "7.0", "1_0", "-1", "9" * 20, "٣", "", "x"])
async def test_e8_a_number_not_in_plain_form_opens_nothing(town: Town, data: str) -> None:
    coordinator = await town.coordinator()
    await town.applicant()
    before = await town.dump()

    await coordinator.press_data(f"approve:{data}")

    assert coordinator.toast == coordinator.says("stale-button-toast")
    assert await town.dump() == before


@pytest.mark.parametrize(
    "data", ["", ":", "approve", "approve:1:2", "nothing:1", "status:1:king", "x" * 64, "a\x00b"]
)
async def test_e1_forged_data_of_no_form_opens_the_current_screen(town: Town, data: str) -> None:
    coordinator = await town.coordinator()

    await coordinator.press_data(data or " ")

    assert coordinator.toast == coordinator.says("stale-button-toast")
    assert coordinator.says("key-applications") in coordinator.keys


@pytest.mark.parametrize("data", ["invdays:\x00", "move:1:\x00", "appoint:coordinator:1:\x00"])
async def test_f6_a_nul_in_forged_data_is_a_refusal_and_no_failure(town: Town, data: str) -> None:
    admin = await town.admin()

    await admin.press_data(data)

    assert admin.toast == admin.says("stale-button-toast")
