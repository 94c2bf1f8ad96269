"""The public page of a certificate, asked over HTTP like any browser would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from bot.services.certificate_number import from_plain
from bot.services.certificate_rules import CertificateCard, CertificateKind
from bot.start_error import StartError
from bot.web import PublicPages
from bot.web import site as served
from bot.web.pace import Pace, asker
from bot.web.public import preferred
from tests.town import Town

NAME = "Үлгіев Ерлан"


@asynccontextmanager
async def site(town: Town, pace: Pace | None = None) -> AsyncIterator[tuple[ClientSession, str]]:
    house = town.house
    pages = PublicPages(house.services.certificate_checks, house.content, house.texts, pace=pace)
    serving = served(pages.app(), "127.0.0.1", 0, "PUBLIC_PORT")
    async with serving as port, ClientSession() as browser:
        yield browser, f"http://127.0.0.1:{port}/c/"


async def issue(town: Town) -> CertificateCard:
    holder = await town.me(await town.assistant("rudny", NAME))
    issued = await town.house.services.certificates.issue(
        await town.admin_id(), holder.person_id, CertificateKind.THANKS, None, "press-of-a-page"
    )
    return issued.card


@pytest.mark.parametrize(
    ("language", "word"), [("kk", "Жарамды"), ("ru-KZ,ru;q=0.9", "Действителен"), ("en", "Valid")]
)
async def test_a_valid_one_is_told_in_the_language_of_the_browser(
    town: Town, language: str, word: str
) -> None:
    card = await issue(town)
    code = card.qr.rpartition("code=")[2]
    async with site(town) as (browser, url):
        for text in (code, card.number):
            async with browser.get(url + text, headers={"Accept-Language": language}) as answer:
                page = await answer.text()
                assert answer.status == 200
        assert word in page
        assert NAME in page
        assert "102" in page


async def test_g7_headers_are_strict_and_tell_no_versions(town: Town) -> None:
    async with site(town) as (browser, url), browser.get(url + "x") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers
        assert "aiohttp" not in await answer.text()


async def test_i3_a_revoked_one_is_told_with_its_date(town: Town) -> None:
    card = await issue(town)
    await town.house.services.certificates.revoke(await town.admin_id(), card.id, "Себебі бар")
    async with (
        site(town) as (browser, url),
        browser.get(url + card.number, headers={"Accept-Language": "en"}) as answer,
    ):
        page = await answer.text()
        assert "Revoked" in page
        assert "9 March 2026" in page
        assert "Себебі бар" not in page


@pytest.mark.parametrize("code", [from_plain(7), "%00", "%3Cscript%3E", "x" * 3000, "A" * 112])
async def test_i2_a_strange_code_is_unknown_and_never_repeated(town: Town, code: str) -> None:
    await issue(town)
    async with site(town) as (browser, url), browser.get(url + code) as answer:
        page = await answer.text()
        assert answer.status == 404
        assert NAME not in page
        assert "<script" not in page


@pytest.mark.parametrize(("method", "path"), [("POST", "x"), ("GET", "../"), ("DELETE", "x")])
async def test_g5_there_is_nothing_else(town: Town, method: str, path: str) -> None:
    async with site(town) as (browser, url), browser.request(method, url + path) as answer:
        assert answer.status in (404, 405)


async def test_i4_who_asks_too_often_is_slowed_down(town: Town) -> None:
    card = await issue(town)
    async with site(town, Pace(most=3)) as (browser, url):
        statuses: list[int] = []
        for _ in range(5):
            # A forged header moves nobody to another address.
            forged = {"X-Forwarded-For": f"192.0.2.{len(statuses)}"}
            async with browser.get(url + card.number, headers=forged) as answer:
                statuses.append(answer.status)
    assert statuses == [200, 200, 200, 429, 429]


async def test_a_taken_port_stops_the_start(town: Town) -> None:
    house = town.house
    pages = PublicPages(house.services.certificate_checks, house.content, house.texts)
    async with served(pages.app(), "127.0.0.1", 0, "PUBLIC_PORT") as port:
        with pytest.raises(StartError, match="PUBLIC_PORT"):
            async with served(pages.app(), "127.0.0.1", port, "PUBLIC_PORT"):
                pass


def test_the_pace_is_by_address_and_forgets_after_its_time() -> None:
    now = [0.0]
    pace = Pace(most=2, seconds=60, now=lambda: now[0])

    assert [pace.allows("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert pace.allows("192.0.2.2")
    now[0] = 60
    assert pace.allows("192.0.2.1")


def test_addresses_of_one_household_count_as_one() -> None:
    pace = Pace(most=1)
    assert pace.allows("2001:db8::1")
    assert not pace.allows("2001:db8::2")
    assert pace.allows("2001:db8:0:1::1")


def test_g4_only_our_proxy_is_believed_and_only_its_last_word() -> None:
    assert asker("192.0.2.1", "203.0.113.9", None) == "192.0.2.1"
    assert asker("192.0.2.1", "203.0.113.9", "127.0.0.1") == "192.0.2.1"
    assert asker("127.0.0.1", "6.6.6.6, 203.0.113.9", "127.0.0.1") == "203.0.113.9"
    assert asker("127.0.0.1", "", "127.0.0.1") == "127.0.0.1"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "kk"),
        ("de", "kk"),
        ("en;q=0.5, ru;q=0.8", "ru"),
        ("en-GB,en;q=0.9", "en"),
        ("ru;q=x, en;q=0.1", "en"),
        ("*" * 10_000, "kk"),
    ],
)
def test_the_browser_chooses_the_language(accepted: str, language: str) -> None:
    assert preferred(accepted) == language
