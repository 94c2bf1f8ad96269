"""A district with one of everything in it, for strangers to reach for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.handlers.activity.draft import ANSWER, Draft
from bot.pack import briefing_rules
from bot.routes import PressRoute
from bot.services.activity import NewEntry, Saved
from bot.services.activity_answers import period
from bot.services.attachments import Incoming
from bot.services.certificate_rules import CertificateKind
from bot.services.number_list import read_numbers
from bot.services.states import Role
from db.models.activities import AttachmentKind
from db.models.briefings import BriefingProgress
from db.models.digests import Digest
from tests.flows.results import PATROL
from tests.phone import Phone
from tests.town import Town
from tests.townspeople import attempt_of

HERE, ELSEWHERE = "rudny", "lisakovsk"
_KEY, AREA = "key-of-this", "Жасырын алаң"
# What these presses call by a name that means something else in others.
_MEANT: Mapping[str, Mapping[str, Any]] = {
    "actnew": {"kind": "patrol"},
    "resultof": {"kind": "patrol"},
    "entrysave": {"version": 1},
}


@dataclass(frozen=True)
class Objects:
    """What stands in the district, and every word of it that strangers must not read."""

    fields: Mapping[str, Any]
    words: tuple[str, ...]

    def press(self, route: PressRoute) -> str:
        """Return callback data that names these objects."""
        fields = {**self.fields, **_MEANT.get(route.data.__prefix__, {})}
        if route.data.__prefix__ == "dgnoted":
            fields["assignment_id"] = fields["missed_id"]
        if route.data.__prefix__ in ("shiftday", "fixmany", "fixpick", "fixall"):
            fields["day"] = fields["shift_day"]
        return route.data(**{name: fields[name] for name in route.data.model_fields}).pack()

    def draft(self, *, field: str = "", changing: bool = False) -> dict[str, Any]:
        """Return what a dialogue would remember of a result of the assistant's shift.

        One that is ``changing`` is of the entry that is there.
        """
        fields = self.fields
        values = {"area": "Центр", "period": fields["span"]}
        entry_id = fields["activity_id"] if changing else 0
        draft = Draft(
            fields["key"], "patrol", fields["shift_id"], "", values, field=field, entry_id=entry_id
        )
        return {"draft": asdict(draft)}

    def answer(self, name: str) -> tuple[dict[str, Any], str]:
        """Return what the dialogue would remember, and what is written into it."""
        fields, person = self.fields, self.fields["person_id"]
        start, end = fields["span"]
        return {
            "application-reason": ({"id": fields["application_id"]}, "Неполные данные"),
            "assistant-search": ({}, self.words[0]),
            "assistant-reason": ({"id": person, "status": "suspended"}, "Просит перерыв"),
            "correction-reason": ({"id": fields["correction_id"]}, "Видели дома"),
            "shift-settle-reason": (
                {"ids": [fields["shift_id"]], "minutes": 60},
                "Связи не было",
            ),
            "plan-hours": ({"id": person, "day": fields["day"]}, "18-22"),
            "shift-settle-time": ({"id": fields["shift_id"], "digest": 0}, "19:35"),
            "duty-fix-times": ({"id": fields["shift_id"]}, "10:00 – 10:30"),
            "duty-fix-reason": (
                {"id": fields["shift_id"], "start": start, "end": end},
                "Нажал не туда",
            ),
            "day-fix-times": (
                {"day": fields["shift_day"], "page": 0, "ids": [fields["shift_id"]]},
                "10:00 – 10:30",
            ),
            "day-fix-reason": (
                {
                    "day": fields["shift_day"],
                    "page": 0,
                    "ids": [fields["shift_id"]],
                    "typed": "10:00 – 10:30",
                },
                "Ушли раньше",
            ),
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
            "digest-time": ({"district": HERE}, "07:30"),
            "certificate-reason": ({"id": fields["certificate_id"]}, "Выдан по ошибке"),
            ANSWER: (self.draft(field="area"), "Центр"),
            "activity-kind": (
                {"kinds": {"attachment": fields["attachment_id"], "shift": fields["shift_id"]}},
                PATROL,
            ),
            "entry-withdrawal": ({"id": fields["activity_id"]}, "Записано по ошибке"),
            "handbook-question": ({}, "обыск"),
            "profile-phone": ({}, "+77010000000"),
            "registration-name": ({}, "Кто Угодно"),
            "registration-phone": ({}, "+77010000000"),
            "shift-start": ({}, "Здесь"),
            "shift-end": ({}, "Здесь"),
            "shift-end-time": ({"id": fields["shift_id"]}, "12:30"),
            "shift-fix-times": ({"id": fields["shift_id"]}, "10:00-12:00"),
            "shift-fix-reason": (
                {"id": fields["shift_id"], "start": start, "end": end},
                "Связи не было",
            ),
            "verification-number": ({}, "Благодарность"),
        }[name]


async def furnish(town: Town) -> Objects:
    """Put it there, at three in the afternoon; it is eight in the evening then."""
    applicant = await town.applicant(HERE, "Жасырынов Болат")
    assistant = await town.assistant(HERE, "Құпияева Сәуле")
    coordinator = await town.coordinator(HERE, "Тасадиев Нұрлан")
    services = town.house.services
    maker = (await town.me(coordinator)).person_id
    me = await town.me(assistant)
    application, standing = (await town.me(applicant)).application, me.assistant
    assert application is not None
    assert standing is not None
    invite = await services.invites.make(maker, HERE, timedelta(days=7), 10, _KEY)
    grants = await services.roles.holders(await town.admin_id(), Role.COORDINATOR)
    grant = next(each for each in grants if each.person_id == maker)
    certificate = await services.certificates.issue(
        await town.admin_id(), me.person_id, CertificateKind.THANKS, None, _KEY
    )
    order = await services.certificate_order_lists.check(
        await town.admin_id(),
        CertificateKind.THANKS,
        None,
        _KEY,
        read_numbers([(1, standing.service_number)], "39"),
    )
    today, tomorrow, *_ = services.roster_records.days()
    duty = await services.roster.plan(maker, me.person_id, tomorrow, 600, 720)
    missed = await services.roster.plan(maker, me.person_id, today, 1020, 1080)
    of_shift = await forget_shift(town, assistant)
    attempt_id = await get_stuck(town, "Тұйықова Гүл")
    town.clock.tick(hours=5)
    await services.digest_making.run_due()
    await town.settle()
    async with town.database.reading() as uow:
        digest_id = await uow.session.scalar(sa.select(Digest.id))
    return Objects(
        {
            **of_shift,
            "assignment_id": duty.id,
            "missed_id": missed.id,
            "day": tomorrow.toordinal(),
            "starts": 900,
            "ends": 1020,
            "attempt_id": attempt_id,
            "digest_id": digest_id,
            "minutes": 60,
            "certificate_id": certificate.card.id,
            "order_id": order.id,
            "kind": CertificateKind.THANKS,
            "once": _KEY,
            "application_id": application.id,
            "person_id": me.person_id,
            "grant_id": grant.grant_id,
            "invite_id": invite.id,
            "district": HERE,
            "code": HERE,
            "status": "suspended",
            "role": Role.COORDINATOR,
            "page": 0,
            "chosen": 1,
            "days": 7,
            "uses": 10,
            "at_minute": 1200,
            "weekday": 1,
            "on": 1,
            "period": "month",
            "form": "pdf",
            "version": town.house.content.current_briefing.version,
            "language": "ru",
            "situation": "search",
            "topic": "start",
            "field": "area",
            **dict.fromkeys(("asked", "index", "more", "option", "sure"), 0),
            "module": 1,
        },
        (
            "Құпияева",
            "Жасырынов",
            "Тасадиев",
            applicant.user.phone,
            assistant.user.phone,
            standing.service_number,
            invite.code,
            "Тұйықова",
            AREA,
        ),
    )


async def forget_shift(town: Town, assistant: Phone) -> dict[str, Any]:
    """Leave a shift without a stated end: a request to correct it, an entry, a photo of nothing."""
    await town.brief(assistant)
    person_id, now = (await town.me(assistant)).person_id, town.clock()
    services = town.house.services
    async with town.database.transaction() as uow:
        passed = await uow.passes.find_last(person_id, town.house.content.current_briefing.version)
        assert passed is not None
        passed.signed_at -= timedelta(hours=14)
    shift = await services.shifts.start(person_id, None, now - timedelta(hours=14))
    span = period(now - timedelta(hours=13), now - timedelta(hours=12))
    saved = await services.activities.save(
        person_id, NewEntry(_KEY, shift.id, "patrol", {"area": AREA, "period": span})
    )
    assert isinstance(saved, Saved)
    photo = Incoming(AttachmentKind.PHOTO, 1, now, file_id="file", file_unique_id="file", size=1)
    taken = await services.attachments.take(person_id, photo, shift.id)
    shift = await services.shifts.end(person_id, None, now - timedelta(hours=1))
    end = shift.started_at + timedelta(hours=2)
    request = await services.shift_corrections.ask(
        person_id, shift.id, shift.started_at, end, "Забыл нажать"
    )
    return {
        "shift_id": shift.id,
        "shift": shift.id,
        "shift_day": shift.local_date.toordinal(),
        "correction_id": request.id,
        "activity_id": saved.card.id,
        "attachment_id": taken.id,
        "attachment": taken.id,
        "key": _KEY,
        "tag": _KEY[:8],
        "span": span,
    }


async def get_stuck(town: Town, name: str) -> int:
    """Leave a trainee who has failed every try; return the number of the last."""
    trainee = await town.assistant(HERE, name, active=False)
    person_id, now = (await town.me(trainee)).person_id, town.clock()
    rules = briefing_rules(town.house.content.current_briefing)
    async with town.database.transaction() as uow:
        uow.session.add(
            BriefingProgress(
                person_id=person_id,
                version=rules.version,
                modules_read=rules.modules,
                opened_at=now,
                after_attempt_id=0,
            )
        )
        for _ in range(rules.tries):
            failed = attempt_of(person_id, rules, now, right=False)
            attempt = await uow.briefings.add_attempt(failed)
    return attempt.id
