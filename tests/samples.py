"""Invented histories for tests: their rows without a database, or written into one."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from bot.pack import certificate_address, certificate_rules
from bot.sample.cast import Sizes, parts, shared_out
from bot.sample.history import History
from bot.sample.ledger import TABLES, Ledger
from bot.sample.scene import Scene, scene_of
from bot.sample.seeding import Progress, Seeded, Seeding, untold
from bot.sample.words import read_sample_words
from bot.services.certificate_issuing import CertificateIssuer, Signing
from bot.services.people import Me
from db.database import Database
from db.models import Base
from tests.town import CERTIFICATE_SEED, CONTENT, shipped_content

Rows = dict[type[Base], list[dict[str, Any]]]


@cache
def scene() -> Scene:
    """Return the scene of the shipped pack."""
    return scene_of(shipped_content(), read_sample_words(CONTENT))


def rows_of(sizes: Sizes, now: datetime) -> Rows:
    """Return every row of a history, by table."""
    ledger = Ledger(dict.fromkeys(TABLES, 0))
    history = History(
        scene(),
        sizes,
        now,
        ledger,
        sequence=1,
        signing=Signing(date(2020, 1, 1), lambda _: "A" * 112, lambda _number, code: code),
        admin_id=None,
        coordinators={},
    )
    history.add_coordinators(list(dict.fromkeys(scene().wheel)), now)
    quotas = shared_out([part.weight for part in parts(scene(), sizes, now)], sizes)
    for part, quota in zip(parts(scene(), sizes, now), quotas, strict=True):
        history.assistant(part, quota)
    history.applicants()
    return {table: [] for table in TABLES} | dict(ledger.take())


async def seed(
    database: Database,
    sizes: Sizes,
    now: datetime,
    *,
    leads: Sequence[Me] = (),
    progress: Progress = untold,
) -> Seeded:
    """Write a history into a database that knows the shipped pack."""
    content = shipped_content()
    issuer = CertificateIssuer(
        content.region.zone,
        certificate_rules(content),
        CERTIFICATE_SEED,
        certificate_address("komekshi_sandbox_bot", None),
    )
    seeding = Seeding(database, scene(), issuer)
    return await seeding.seed(sizes, now, leads=leads, progress=progress)
