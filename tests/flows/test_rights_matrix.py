"""Every press and every answer, tried by everybody: refused without a trace, or theirs to do.

The table of routes itself is walked, so a new button fails here until it has a rule.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from aiogram.fsm.storage.base import StorageKey

from bot.handlers import build_routes
from bot.routes import PressRoute
from bot.services.certificate_rules import CertificateKind
from bot.services.number_list import read_numbers
from bot.services.rights import HOLDERS, Right
from bot.services.states import Role
from tests.phone import Phone
from tests.town import Town

HERE, ELSEWHERE = "rudny", "lisakovsk"

# What a person does to nobody but oneself; everything else needs a right.
ON_ONESELF = {
    "presses": {
        "act",
        "actask",
        "actform",
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
}
# These name no object: a coordinator of another district sees that district in them.
LISTS = {
    "apps",
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

# The district has none of these: whoever has the right hears that there is no such thing, and
# whoever has not is refused before anybody looks for it.
NONE_HERE = {"digest_id", "attempt_id"}

ROUTES = build_routes()


@dataclass(frozen=True)
class Objects:
    """What stands in the district, and every word of it that strangers must not read."""

    fields: dict[str, Any]
    words: tuple[str, ...]

    def press(self, route: PressRoute) -> str:
        """Return callback data that names these objects."""
        return route.data(**{name: self.fields[name] for name in route.data.model_fields}).pack()

    def answer(self, name: str) -> tuple[dict[str, Any], str]:
        """Return what the dialogue would remember, and what is written into it."""
        person = self.fields["person_id"]
        return {
            "application-reason": ({"id": self.fields["application_id"]}, "Неполные данные"),
            "assistant-search": ({}, self.words[0]),
            "assistant-reason": ({"id": person, "status": "suspended"}, "Просит перерыв"),
            "correction-reason": ({"id": self.fields["correction_id"]}, "Видели дома"),
            "shift-settle-reason": (
                {"ids": [self.fields["shift_id"]], "minutes": 60},
                "Связи не было",
            ),
            "plan-hours": ({"id": person, "day": self.fields["day"]}, "18-22"),
            "role-candidate": ({"role": "observer"}, self.words[0]),
            "certificate-basis": (
                {"id": person, "kind": "thanks", "once": "key-of-this"},
                "Семинар",
            ),
            "order-basis": ({"kind": "thanks", "once": "key-of-a-list"}, "Семинар"),
            "order-list": (
                {"kind": "thanks", "once": "key-of-a-list", "basis": None},
                self.words[5],
            ),
            "certificate-reason": ({"id": self.fields["certificate_id"]}, "Выдан по ошибке"),
        }[name]


async def furnish(town: Town) -> Objects:
    applicant = await town.applicant(HERE, "Жасырынов Болат")
    assistant = await town.assistant(HERE, "Құпияева Сәуле")
    coordinator = await town.coordinator(HERE, "Тасадиев Нұрлан")
    services = town.house.services
    maker = (await town.me(coordinator)).person_id
    application = (await town.me(applicant)).application
    standing = (await town.me(assistant)).assistant
    assert application is not None
    assert standing is not None
    invite = await services.invites.make(maker, HERE, timedelta(days=7), 10, "key-of-this")
    grants = await services.roles.holders(await town.admin_id(), Role.COORDINATOR)
    grant = next(each for each in grants if each.person_id == maker)
    standing_id = (await town.me(assistant)).person_id
    certificate = await services.certificates.issue(
        await town.admin_id(),
        standing_id,
        CertificateKind.THANKS,
        None,
        "key-of-this",
    )
    order = await services.certificate_order_lists.check(
        await town.admin_id(),
        CertificateKind.THANKS,
        None,
        "key-of-this",
        read_numbers([(1, standing.service_number)], "39"),
    )
    tomorrow = town.house.services.roster_records.days()[1]
    duty = await services.roster.plan(maker, standing_id, tomorrow, 600, 720)
    shift_id, correction_id = await forget_shift(town, assistant)
    return Objects(
        {
            "shift_id": shift_id,
            "correction_id": correction_id,
            "minutes": 60,
            "assignment_id": duty.id,
            "day": tomorrow.toordinal(),
            "starts": 900,
            "ends": 1020,
            "certificate_id": certificate.card.id,
            "order_id": order.id,
            "kind": CertificateKind.THANKS,
            "once": "key-of-this",
            "application_id": application.id,
            "person_id": (await town.me(assistant)).person_id,
            "grant_id": grant.grant_id,
            "invite_id": invite.id,
            "district": HERE,
            "status": "suspended",
            "role": Role.COORDINATOR,
            "page": 0,
            "days": 7,
            "uses": 10,
            "at_minute": 1200,
            "weekday": 1,
            "on": 1,
            "period": "month",
            "form": "pdf",
            **dict.fromkeys(NONE_HERE, 999_999),
        },
        (
            "Құпияева",
            "Жасырынов",
            "Тасадиев",
            applicant.user.phone,
            assistant.user.phone,
            standing.service_number,
            invite.code,
        ),
    )


async def forget_shift(town: Town, assistant: Phone) -> tuple[int, int]:
    """Leave a shift without a stated end, and a request to correct it; return their numbers."""
    await town.brief(assistant)
    person_id, now = (await town.me(assistant)).person_id, town.clock()
    services = town.house.services
    await services.shifts.start(person_id, None, now - timedelta(hours=14))
    shift = await services.shifts.end(person_id, None, now - timedelta(hours=1))
    end = shift.started_at + timedelta(hours=2)
    request = await services.shift_corrections.ask(
        person_id, shift.id, shift.started_at, end, "Забыл нажать"
    )
    return shift.id, request.id


async def nobody(town: Town) -> Phone:
    phone = town.phone(language="kk")  # the one that speaks before a language is chosen
    await phone.start()
    return phone


async def dismissed(town: Town) -> Phone:
    phone = await town.coordinator(HERE)
    await town.dismiss(phone)
    return phone


ACTORS: dict[str, Callable[[Town], Awaitable[Phone]]] = {
    "nobody": nobody,
    "applicant": lambda town: town.applicant(HERE),
    "assistant": lambda town: town.assistant(HERE),
    "coordinator elsewhere": lambda town: town.coordinator(ELSEWHERE),
    "coordinator dismissed": dismissed,
    "admin": lambda town: town.admin(),
    "coordinator here": lambda town: town.coordinator(HERE),
}


def holds(actor: str, right: Right, name: str) -> bool:
    """Tell whether the act is the actor's to do."""
    if actor == "admin":
        return Role.ADMIN in HOLDERS[right]
    if actor == "coordinator here" or (actor == "coordinator elsewhere" and name in LISTS):
        return Role.COORDINATOR in HOLDERS[right]
    return False


async def answer(town: Town, phone: Phone, name: str, objects: Objects) -> None:
    """Write into a dialogue the person should never have come to."""
    data, words = objects.answer(name)
    key = StorageKey(bot_id=town.app.bot.id, chat_id=phone.id, user_id=phone.id)
    await town.app.listening.dispatcher.storage.set_state(key, name)
    await town.app.listening.dispatcher.storage.set_data(key, data)
    await phone.send(words)


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


@pytest.mark.parametrize("actor", ACTORS)
async def test_every_act_is_refused_without_a_trace_unless_it_is_the_actors(
    town: Town, actor: str
) -> None:
    await town.admin("Бірінші Әкім")
    objects = await furnish(town)
    phone = await ACTORS[actor](town)
    wrong = []
    acts: list[tuple[str, Right, PressRoute | None]] = [
        (name, route.right, route) for name, route in ROUTES.presses.items() if route.right
    ]
    acts += [(name, route.right, None) for name, route in ROUTES.answers.items() if route.right]
    before = await town.dump()
    for name, right, route in acts:
        since = phone.messages[-1]["message_id"] + 1
        if route is not None:
            await phone.start()
            since = phone.inbox[-1]["message_id"]
            await phone.press_data(objects.press(route))
            said = phone.toast
        else:
            await answer(town, phone, name, objects)
            said = phone.screen
        after = await town.dump()
        changed, before = after != before, after
        theirs = holds(actor, right, name)
        absent = route is not None and bool(NONE_HERE & set(route.data.model_fields))
        if theirs == refused(phone, said) and not (theirs and absent):
            wrong.append(f"{name}: {'refused' if theirs else 'allowed'}: {said}")
        if not theirs and changed:
            wrong.append(f"{name}: changed something")
        if (not theirs or name in LISTS) and actor not in ("admin", "coordinator here"):
            shown = bot_words(phone, since)
            told = [word for word in objects.words if word in shown and word != said]
            if told and name not in ("assistant-search", "role-candidate"):
                wrong.append(f"{name}: tells {told}")
    assert not wrong, "\n\n".join(wrong)


def test_every_button_and_question_needs_a_right_or_concerns_oneself() -> None:
    free = {
        "presses": {name for name, route in ROUTES.presses.items() if route.right is None},
        "answers": {name for name, route in ROUTES.answers.items() if route.right is None},
    }
    assert free == ON_ONESELF


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
