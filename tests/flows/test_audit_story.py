"""What each act leaves in the journal, and that an act without its record does not happen."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.services import audit
from bot.services.states import AssistantStatus, Role
from db.models.audit import AuditRecord
from db.repositories.audit import StoredRecord
from tests.breaking import BrokenStatementError, Fault, failing
from tests.phone import Phone
from tests.town import Town

NAME = "Үлгіев Ерлан"
REASON = "Просит перерыв до мая"


async def journal(town: Town) -> list[StoredRecord]:
    async with town.database.reading() as uow:
        return [record async for batch in uow.audit.stream() for record in batch]


async def records(town: Town, act: Callable[[], Awaitable[Any]]) -> list[dict[str, Any]]:
    """Return what the act adds to the journal: who did what, from what to what."""
    known = len(await journal(town))
    await act()
    return [
        {
            "actor": record.actor_id,
            "action": record.action,
            "before": None if record.before is None else json.loads(record.before),
            "after": None if record.after is None else json.loads(record.after),
        }
        for record in (await journal(town))[known:]
    ]


async def id_of(town: Town, phone: Phone) -> int:
    return (await town.me(phone)).person_id


async def application_id(town: Town, phone: Phone) -> int:
    application = (await town.me(phone)).application
    assert application is not None
    return application.id


async def open_card(phone: Phone, name: str = NAME) -> None:
    await phone.tap("key-assistants")
    await phone.press(name)


async def test_an_approval_leaves_the_decision_and_the_role(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), await town.applicant()

    left = await records(town, lambda: coordinator.choose("application-approve"))

    actor, person = await id_of(town, coordinator), await id_of(town, recruit)
    assistant = (await town.me(recruit)).assistant
    assert assistant is not None
    after = {"status": "trainee", "district": "kostanay", "number": assistant.service_number}
    assert left == [
        {
            "actor": actor,
            "action": "application.approved",
            "before": {"state": "pending"},
            "after": {"state": "approved", "person": person, **after},
        },
        {
            "actor": actor,
            "action": "grant.given",
            "before": None,
            "after": {"person": person, "role": "assistant", "district": "kostanay"},
        },
    ]


async def test_taking_back_who_was_dismissed_leaves_what_they_were(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), await town.assistant("rudny")
    person, services = await id_of(town, recruit), town.house.services
    dismissed = AssistantStatus.DISMISSED
    await services.assistants.set_status(await town.admin_id(), person, dismissed, REASON)
    await services.registration.begin(person)
    await services.registration.choose_district(person, "kostanay")
    await services.registration.submit(person)
    await town.settle()

    left = await records(town, lambda: coordinator.choose("application-approve"))

    assert left[0]["before"] == {"state": "pending", "status": "dismissed", "district": "rudny"}
    assert left[0]["after"]["status"] == "trainee"
    assert left[0]["after"]["district"] == "kostanay"


async def test_a_rejection_leaves_one_record_and_seals_the_reason(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), await town.applicant()
    await coordinator.choose("application-reject")

    left = await records(town, lambda: coordinator.send(REASON))

    assert left == [
        {
            "actor": await id_of(town, coordinator),
            "action": "application.rejected",
            "before": {"state": "pending"},
            "after": {"state": "rejected", "person": await id_of(town, recruit)},
        }
    ]


async def test_a_suspension_leaves_one_record(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await open_card(coordinator)
    await coordinator.choose("assistant-set-status", status="suspended")

    left = await records(town, lambda: coordinator.send(REASON))

    assert left == [
        {
            "actor": await id_of(town, coordinator),
            "action": "assistant.suspended",
            "before": {"status": "active"},
            "after": {"status": "suspended"},
        }
    ]
    assert (await journal(town))[-1].subject_id == str(await id_of(town, assistant))


async def test_a_move_leaves_both_roles_and_the_districts(town: Town) -> None:
    admin, assistant = await town.admin(), await town.assistant()
    person = await id_of(town, assistant)

    left = await records(town, lambda: admin.press_data(f"move:{person}:rudny"))

    assert [(each["action"], each["before"], each["after"]) for each in left] == [
        (
            "grant.revoked",
            {"person": person, "role": "assistant", "district": "kostanay"},
            None,
        ),
        ("grant.given", None, {"person": person, "role": "assistant", "district": "rudny"}),
        ("assistant.moved", {"district": "kostanay"}, {"district": "rudny"}),
    ]
    assert {each["actor"] for each in left} == {await id_of(town, admin)}


async def test_appointing_and_dismissing_leave_one_record_each(town: Town) -> None:
    admin, person = await town.admin(), await town.assistant()
    person_id = await id_of(town, person)
    what = {"person": person_id, "role": "observer", "district": None}

    given = await records(town, lambda: admin.press_data(f"appoint:observer:{person_id}:-"))
    revoked = await records(town, lambda: town.dismiss(person, Role.OBSERVER))

    assert [(each["action"], each["after"]) for each in given] == [("grant.given", what)]
    assert [(each["action"], each["before"]) for each in revoked] == [("grant.revoked", what)]


async def test_an_invitation_leaves_its_terms_and_its_end(town: Town) -> None:
    coordinator = await town.coordinator()

    made = await records(town, lambda: coordinator.press_data("mkinv:kostanay:7:10:abcdefghijk"))
    withdrawn = await records(town, lambda: coordinator.choose("invite-withdraw"))

    assert [each["action"] for each in made + withdrawn] == ["invite.made", "invite.withdrawn"]
    assert made[0]["after"]["district"] == "kostanay"
    assert made[0]["after"]["uses_limit"] == 10


async def test_a_relink_leaves_who_offered_it_and_both_accounts_sealed(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    person_id, fresh = await id_of(town, assistant), town.phone(language="kk")
    newcomer = await town.introduce(fresh, "Кенеттен Есімбай")
    actor = await id_of(town, coordinator)

    secret = await town.house.services.links.make_relink(actor, person_id)
    left = await records(town, lambda: fresh.start(f"account_{secret}"))

    freed = {"actor": newcomer, "action": "person.phone", "before": None, "after": None}
    ids = {"from_person": newcomer, "left_as": await id_of(town, assistant)}
    relinked = {"actor": actor, "action": "person.relinked", "before": None, "after": ids}
    assert left == [freed, relinked]
    async with town.database.reading() as uow:
        count = len(await journal(town))
        sealed = [await audit.unseal(uow, await uow.audit.get(count - at)) for at in (1, 0)]
    assert sealed == [
        {"before": fresh.user.phone, "after": None},
        {"before": assistant.id, "after": fresh.id},
    ]


async def test_a_registration_leaves_each_answer_once(town: Town) -> None:
    recruit = town.phone(language="ru")

    async def register() -> None:
        await recruit.start()
        await recruit.choose("language-name")
        await recruit.choose("registration-agree")
        await recruit.send("Серікова Айжан")
        await recruit.share_contact()
        await recruit.press("г. Костанай")
        await recruit.choose("registration-send")

    left = await records(town, register)

    assert [each["action"] for each in left] == [
        "person.language",
        "consent.given",
        "person.name",
        "person.phone",
        "application.submitted",
    ]
    assert {each["actor"] for each in left} == {await id_of(town, recruit)}


@pytest.mark.parametrize("data", ["app:1", "apps", "people", "roles", "invites", "home"])
async def test_looking_leaves_nothing(town: Town, data: str) -> None:
    admin = await town.admin()
    await town.applicant()

    assert await records(town, lambda: admin.press_data(data)) == []


@pytest.mark.parametrize("data", ["approve:999", "move:999:rudny", "dismiss:999:admin", "bad"])
async def test_a_refusal_leaves_nothing(town: Town, data: str) -> None:
    admin = await town.admin()

    assert await records(town, lambda: admin.press_data(data)) == []


async def test_names_phones_and_reasons_stand_sealed_only(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await open_card(coordinator)
    await coordinator.choose("assistant-set-status", status="suspended")
    await coordinator.send(REASON)

    plain = json.dumps(
        [record._replace(sealed=None) for record in await journal(town)],
        default=str,
        ensure_ascii=False,
    )
    outbox = str((await town.dump())["outbox"])
    for secret in (NAME, "Үлгіев", assistant.user.phone, assistant.user.phone[1:], REASON):
        assert secret not in plain
        assert secret not in outbox


async def test_what_is_sealed_can_be_read_with_the_key(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await open_card(coordinator)
    await coordinator.choose("assistant-set-status", status="suspended")
    await coordinator.send(REASON)

    async with town.database.reading() as uow:
        last: AuditRecord = await uow.audit.get(len(await journal(town)))
        assert last.person_id == await id_of(town, assistant)
        assert await audit.unseal(uow, last) == {"reason": REASON}


async def test_the_chain_is_whole_after_a_busy_day(town: Town) -> None:
    admin, coordinator = await town.admin(), await town.coordinator()
    assistant, recruit = await town.assistant(), await town.applicant()
    person = await id_of(town, assistant)
    async with town.at_once():
        await coordinator.choose("application-approve")
        await admin.press_data(f"move:{person}:rudny")
        await admin.press_data("mkinv:rudny:7:10:abcdefghijk")
        await recruit.send("/language")
    report = await audit.verify(town.database)

    assert report.problem is None
    assert report.count == len(await journal(town))


# --- Faults in the database -------------------------------------------------


@dataclass
class Story:
    """An act by somebody, and the records it leaves when it is done."""

    phone: Phone
    act: Callable[[], Awaitable[None]]
    leaves: list[str]
    tells: int = 1


async def approving(town: Town) -> Story:
    coordinator = await town.coordinator()
    number = await application_id(town, await town.applicant())
    return Story(
        coordinator,
        lambda: coordinator.press_data(f"approve:{number}"),
        ["application.approved", "grant.given"],
    )


async def rejecting(town: Town) -> Story:
    coordinator = await town.coordinator()
    await town.applicant()
    await coordinator.choose("application-reject")
    return Story(coordinator, lambda: coordinator.send(REASON), ["application.rejected"])


async def submitting(town: Town) -> Story:
    await town.coordinator()
    recruit = town.phone(language="ru")
    await recruit.start()
    await recruit.choose("language-name")
    await recruit.choose("registration-agree")
    await recruit.send("Серікова Айжан")
    await recruit.share_contact()
    await recruit.press("г. Костанай")
    return Story(recruit, lambda: recruit.press_data("apply"), ["application.submitted"])


async def appointing(town: Town) -> Story:
    admin, person = await town.admin(), await town.assistant()
    person_id = await id_of(town, person)
    return Story(
        admin, lambda: admin.press_data(f"appoint:observer:{person_id}:-"), ["grant.given"]
    )


async def moving(town: Town) -> Story:
    admin, person = await town.admin(), await town.assistant()
    person_id = await id_of(town, person)
    return Story(
        admin,
        lambda: admin.press_data(f"move:{person_id}:rudny"),
        ["grant.revoked", "grant.given", "assistant.moved"],
    )


async def relinking(town: Town) -> Story:
    actor = await id_of(town, await town.coordinator())
    person_id = await id_of(town, await town.assistant())
    secret = await town.house.services.links.make_relink(actor, person_id)
    fresh = town.phone(language="kk")
    await fresh.start()
    return Story(fresh, lambda: fresh.start(f"account_{secret}"), ["person.relinked"], tells=2)


STORIES = [approving, rejecting, submitting, appointing, moving, relinking]
Begin = Callable[[Town], Awaitable[Story]]


@pytest.mark.own_trouble
@pytest.mark.parametrize("begin", STORIES)
async def test_i10_an_act_that_cannot_be_recorded_does_not_happen(town: Town, begin: Begin) -> None:
    story = await begin(town)
    before = await town.dump()

    with capture_logs(), failing(town.database, Fault(words="INSERT INTO audit_records")):
        await story.act()

    after = await town.dump()
    # An admin, where there is one, is told that an update was laid aside; nothing else is there.
    kinds = [row[2] for row in after["outbox"][len(before["outbox"]) :]]
    assert set(kinds) <= {"update-laid-aside"}
    assert {**after, "outbox": before["outbox"]} == before
    apology = story.phone.says("bug-alert", reference="").rpartition(":")[0]
    assert story.phone.toast.startswith(apology) or "😔" in story.phone.screen


@pytest.mark.parametrize("begin", STORIES)
async def test_b4_whichever_statement_fails_all_or_nothing_is_done(
    town: Town, begin: Begin
) -> None:
    story = await begin(town)
    before = await town.dump()
    for number in range(1, 200):
        with town.held_back():
            await story.act()
        (update,) = town.telegram.take_updates()
        with capture_logs(), failing(town.database, Fault(number)), suppress(BrokenStatementError):
            # One attempt alone: what follows a failed one is told in the stories of the intake.
            await town.feed(update)
        after = await town.dump()
        if after != before:
            break
    await town.settle()

    assert number > 5, "the sweep met no statement of the act"
    known = len(before["audit_records"])
    assert [record.action for record in (await journal(town))[known:]] == story.leaves
    assert len(after["outbox"]) - len(before["outbox"]) == story.tells
    assert (await audit.verify(town.database)).problem is None
