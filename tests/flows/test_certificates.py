"""Certificates on the phone: issued by an admin, held, shown, verified by anybody, revoked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.pdf.certificate import render
from bot.services.certificate_number import from_plain, grouped, start_payload
from bot.services.certificate_rules import CertificateCard, CertificateKind
from bot.services.errors import AppError
from bot.sheets import sheet_of
from tests.flows import briefed
from tests.phone import Phone
from tests.town import Town

HERE, ELSEWHERE = "rudny", "lisakovsk"
NAME = "Үлгіев Ерлан"
BASIS = "Облыстық семинар\nОбластной семинар"


async def person_id(town: Town, phone: Phone) -> int:
    return (await town.me(phone)).person_id


async def given(
    town: Town, holder: Phone, kind: str = "training", once: str = "press-of-a-story"
) -> CertificateCard:
    issued = await town.house.services.certificates.issue(
        await town.admin_id(), await person_id(town, holder), CertificateKind(kind), None, once
    )
    await town.settle()
    return issued.card


async def to_kinds(admin: Phone) -> None:
    await admin.tap("key-assistants")
    await admin.press(NAME)
    await admin.choose("assistant-certificates")
    await admin.choose("certificate-issue")


def rows(dump: dict[str, list[tuple[object, ...]]]) -> int:
    return len(dump["certificates"])


def document(phone: Phone) -> dict[str, object] | None:
    found = [message["document"] for message in phone.inbox if message.get("document")]
    return found[-1] if found else None


async def test_an_admin_issues_with_a_basis_and_the_holder_is_told_and_gets_the_pdf(
    town: Town,
) -> None:
    admin, holder = await town.admin(), await town.assistant(HERE, NAME)
    await to_kinds(admin)
    await admin.press("Сертификат об обучении")

    await admin.send(BASIS)

    assert "Выдано." in admin.screen
    assert "Областной семинар" in admin.screen
    assert "Сертификат об обучении" in holder.screen
    await holder.choose("certificate-get")
    assert document(holder) is not None
    assert "certificate.issued" in await town.audit_actions()


async def test_a_holder_gets_the_pdf_in_three_touches(town: Town) -> None:
    holder = await town.assistant(HERE, NAME)
    await given(town, holder)
    await holder.start()

    await holder.tap("key-certificates")
    await holder.press("Сертификат об обучении")
    await holder.choose("certificate-get")

    assert document(holder) is not None


async def test_issued_without_a_basis_from_the_button(town: Town) -> None:
    admin, holder = await town.admin(), await town.assistant(HERE, NAME)
    await to_kinds(admin)
    await admin.press("Благодарственное письмо")

    await admin.choose("certificate-without-basis")

    assert "Благодарственное письмо" in holder.screen


async def test_i6_a_press_repeated_or_at_once_issues_one_number(town: Town) -> None:
    admin = await town.admin()
    await town.assistant(HERE, NAME)
    await to_kinds(admin)
    await admin.press("Благодарственное письмо")
    press = admin.data_of("certificate-without-basis")

    async with town.at_once():
        for _ in range(3):
            await admin.press_data(press)
    await admin.press_data(press)

    assert rows(await town.dump()) == 1
    assert admin.says("certificate-issued-before") in admin.screen


async def test_i6_the_same_certificate_drawn_again_is_the_same_to_the_byte(town: Town) -> None:
    holder = await town.assistant(HERE, NAME)
    card = await given(town, holder)
    texts = town.house.content.certificates
    services = town.house.services
    again = await services.certificates.card(await town.admin_id(), card.id)

    assert render(sheet_of(card), texts) == render(sheet_of(again), texts)


async def test_the_sheet_keeps_the_name_of_its_day(town: Town) -> None:
    holder = await town.assistant(HERE, NAME)
    card = await given(town, holder)
    async with town.database.transaction() as uow:
        person = await uow.people.lock(card.person_id)
        assert person is not None
        person.full_name = "Басқа Есім"

    services = town.house.services
    old = await services.certificates.card(card.person_id, card.id)
    issued = await services.certificates.reissue(await town.admin_id(), card.id, "press-again")

    assert old.holder == NAME
    assert issued.card.holder == "Басқа Есім"


async def test_reissued_keeps_the_chain_and_the_old_one_no_longer_counts(town: Town) -> None:
    admin, holder = await town.admin(), await town.assistant(HERE, NAME)
    old = await given(town, holder)
    await admin.press_data(f"cert:{old.id}")
    press = admin.data_of("certificate-reissue")

    await admin.press_data(press)
    await admin.press_data(press)

    services = town.house.services
    seen = await services.certificates.card(await town.admin_id(), old.id)
    new = await services.certificates.of_person(old.person_id, old.person_id, 0)
    assert rows(await town.dump()) == 2
    assert seen.replaced_by == new.items[0].number
    assert (await services.certificate_checks.verify(old.number)).verdict == "revoked"
    assert (await services.certificate_checks.verify(new.items[0].number)).verdict == "valid"


async def test_a_chain_of_reissues_leads_from_each_to_the_next(town: Town) -> None:
    service, admin = town.house.services.certificates, await town.admin_id()
    first = await given(town, await town.assistant(HERE, NAME))
    second = (await service.reissue(admin, first.id, "press-the-second")).card
    third = (await service.reissue(admin, second.id, "press-the-third")).card

    with pytest.raises(AppError, match="error-certificate-revoked"):
        await service.reissue(admin, first.id, "press-the-fourth")

    chain = [(await service.card(admin, card.id)).replaced_by for card in (first, second, third)]
    assert chain == [second.number, third.number, None]
    checks = town.house.services.certificate_checks
    verdicts = [(await checks.verify(card.qr)).verdict for card in (first, second, third)]
    assert verdicts == ["revoked", "revoked", "valid"]


async def test_i3_revoked_says_so_with_the_date_and_the_holder_learns_why(town: Town) -> None:
    admin, holder, stranger = await town.admin(), await town.assistant(HERE, NAME), town.phone()
    card = await given(town, holder)
    await admin.press_data(f"cert:{card.id}")
    await admin.choose("certificate-revoke")

    await admin.send("Берілген күні қате")

    assert "Берілген күні қате" in holder.screen
    await stranger.start(start_payload(card.number))
    assert "✖ Отозван 9 марта 2026" in stranger.screen
    await admin.press_data(f"certrevoke:{card.id}")
    assert admin.says("certificate-revoke") not in admin.buttons
    assert (await town.audit_actions()).count("certificate.revoked") == 1


async def test_revoked_twice_is_refused(town: Town) -> None:
    card = await given(town, await town.assistant(HERE, NAME))
    service, admin = town.house.services.certificates, await town.admin_id()
    await service.revoke(admin, card.id, "Себебі бар")

    with pytest.raises(AppError, match="error-certificate-revoked"):
        await service.revoke(admin, card.id, "Тағы бір себеп")
    with pytest.raises(AppError, match="error-certificate-revoked"):
        await service.reissue(admin, card.id, "another-press")


async def test_the_briefing_is_certified_only_to_who_passed_it_and_as_long_as_it_holds(
    town: Town,
) -> None:
    newcomer = await town.assistant(HERE, NAME)
    with pytest.raises(AppError, match="error-certificate-no-briefing"):
        await given(town, newcomer, "briefing")
    await town.brief(newcomer)

    card = await given(town, newcomer, "briefing")

    passed = (await town.me(newcomer)).passed
    assert passed is not None
    assert card.expires_on == passed.valid_until.astimezone(town.house.content.region.zone).date()


async def test_expired_is_told_from_the_day_after_its_last(town: Town) -> None:
    holder = await town.briefed_assistant(HERE, NAME)
    card = await given(town, holder, "briefing")
    assert card.expires_on is not None
    checks = town.house.services.certificate_checks
    left = card.expires_on - town.clock().date()

    town.clock.advance(left)
    assert (await checks.verify(card.number)).verdict == "valid"
    town.clock.advance(timedelta(days=1))
    assert (await checks.verify(card.number)).verdict == "expired"


@pytest.mark.parametrize("form", ["plain", "grouped", "link", "code", "qr"])
async def test_a_stranger_checks_by_any_form_without_registration(town: Town, form: str) -> None:
    card = await given(town, await town.assistant(HERE, NAME))
    stranger = town.phone(language="kk")
    code = card.qr.rpartition("code=")[2]
    texts = {
        "plain": card.number,
        "grouped": grouped(card.number),
        "code": code,
        "qr": card.qr,
    }

    if form == "link":
        await stranger.start(start_payload(card.number))
    else:
        await stranger.send(texts[form])

    assert "Жарамды" in stranger.screen
    assert NAME in stranger.screen
    assert "102" in stranger.screen


async def test_check_asks_for_the_number(town: Town) -> None:
    card, stranger = await given(town, await town.assistant(HERE, NAME)), town.phone(language="kk")
    await stranger.send("/check")
    await stranger.send("қайда?")
    assert "жоқ" in stranger.screen

    await stranger.send("/check")
    await stranger.send(card.number)
    assert "Жарамды" in stranger.screen


async def test_i2_a_forged_or_strange_code_is_unknown_and_no_more_said(town: Town) -> None:
    card = await given(town, await town.assistant(HERE, NAME))
    checks = town.house.services.certificate_checks
    code = card.qr.rpartition("code=")[2]
    changed = code[:20] + ("A" if code[20] != "A" else "B") + code[21:]

    for text in (changed, code[:-1], from_plain(1), "", "x" * 5000, f"{code}{code}", "cert_1"):
        found = await checks.verify(text)
        assert found.verdict == "unknown"
        assert (found.number, found.holder, found.kind) == ("", "", None)


async def test_i5_after_a_rotation_old_and_new_verify_and_the_old_key_signs_no_more(
    town: Town,
) -> None:
    holder = await town.assistant(HERE, NAME)
    old = await given(town, holder)
    service = town.house.services.certificates
    first_seed = service._issuer
    town.clock.advance(timedelta(days=40))
    rotated = type(first_seed)(
        first_seed._zone, first_seed._rules, bytes(range(1, 33)), first_seed._address
    )
    service._issuer = rotated

    new = await given(town, holder, once="press-new-key")

    checks = town.house.services.certificate_checks
    for card in (old, new):
        assert (await checks.verify(card.qr)).verdict == "valid"
    service._issuer = first_seed
    with pytest.raises(AppError, match="error-certificate-key"):
        await given(town, holder, once="press-old-key")


async def test_i5_codes_of_a_stolen_key_do_not_verify_from_the_day_of_the_theft(
    town: Town,
) -> None:
    holder = await town.assistant(HERE, NAME)
    before = await given(town, holder)
    town.clock.advance(timedelta(days=10))
    after = await given(town, holder, once="press-after-theft")
    async with town.database.transaction() as uow:
        [key] = await uow.certificates.list_keys()
        key.last_day = before.issued_on

    checks = town.house.services.certificate_checks

    assert (await checks.verify(before.qr)).verdict == "valid"
    assert (await checks.verify(after.qr)).verdict == "unknown"


async def test_e5_ids_one_up_show_nothing_across_districts(town: Town) -> None:
    card = await given(town, await town.assistant(HERE, NAME))
    elsewhere = await town.coordinator(ELSEWHERE)
    other = await town.assistant(HERE, "Басқаев Арман")

    for phone in (elsewhere, other):
        for press in (f"cert:{card.id}", f"certpdf:{card.id}", f"certs:{card.person_id}:0"):
            await phone.press_data(press)
            assert phone.toast in (phone.says("error-not-found"), phone.says("error-access-denied"))
            assert NAME not in phone.screen


async def test_a_coordinator_of_the_district_sees_but_does_not_issue(town: Town) -> None:
    card = await given(town, await town.assistant(HERE, NAME))
    coordinator = await town.coordinator(HERE)

    await coordinator.press_data(f"certs:{card.person_id}:0")
    assert coordinator.says("certificate-issue") not in coordinator.buttons
    await coordinator.press_data(f"cert:{card.id}")
    assert coordinator.says("certificate-revoke") not in coordinator.buttons
    await coordinator.press_data(f"certissue:{card.person_id}:thanks:forged-press")

    assert coordinator.toast == coordinator.says("error-access-denied")
    assert rows(await town.dump()) == 1


@pytest.mark.parametrize("basis", ["a\nb\nc", "\u200b", "x" * 201])
async def test_a_basis_of_no_form_is_refused_and_asked_again(town: Town, basis: str) -> None:
    admin = await town.admin()
    await town.assistant(HERE, NAME)
    await to_kinds(admin)
    await admin.press("Сертификат об обучении")

    await admin.send(basis)

    assert "⚠️" in admin.screen
    assert rows(await town.dump()) == 0
    await admin.choose("certificate-without-basis")
    assert rows(await town.dump()) == 1


async def test_f3_a_basis_with_markup_is_literal(town: Town) -> None:
    admin = await town.admin()
    await town.assistant(HERE, NAME)
    await to_kinds(admin)
    await admin.press("Сертификат об обучении")

    await admin.send("R&D <b")
    await admin.choose("certificate-get")

    assert "R&D <b" in admin.screen
    assert document(admin) is not None


async def test_a_passed_briefing_issues_its_certificate_where_the_pack_says_so(town: Town) -> None:
    issuer = town.house.services.certificates._issuer
    issuer._rules = replace(issuer._rules, issued_on_pass=True)

    holder = await briefed.trainee(town, HERE, NAME)
    await briefed.pass_all(town, holder)

    assert rows(await town.dump()) == 1
    assert "Сертификат о прохождении инструктажа" in str(holder.inbox)


async def test_a_passed_briefing_issues_none_by_default(town: Town) -> None:
    await briefed.pass_all(town, await briefed.trainee(town, HERE, NAME))
    assert rows(await town.dump()) == 0
