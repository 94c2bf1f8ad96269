"""The digests of the day before, which would otherwise be made now, only to be told too late."""

from datetime import datetime

from bot.sample.scene import Scene
from bot.services.digest_days import LATEST, due_now
from bot.services.digest_making import wishes_of
from db.database import UnitOfWork
from db.models.digests import Digest, DigestState
from db.repositories.digests import DigestKey


async def skip_late(uow: UnitOfWork, scene: Scene, now: datetime) -> None:
    """Note that nobody is sent a digest that should have come long ago."""
    late = [
        (DigestKey(each.person_id, each.district, kind, day), at)
        for each in await uow.digests.list_subscribers()
        for kind, day, at in due_now(wishes_of(each.settings), now, scene.zone)
        if now - at > LATEST and at >= each.since
    ]
    made = set(await uow.digests.list_made({key.day for key, _ in late}))
    await uow.digests.add_all(
        [
            Digest(
                person_id=key.person_id,
                district_code=key.district,
                kind=key.kind,
                local_date=key.day,
                state=DigestState.SKIPPED,
                due_at=at,
                made_at=now,
                figures={},
            )
            for key, at in late
            if key not in made
        ]
    )
