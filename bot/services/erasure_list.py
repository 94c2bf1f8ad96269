"""The list of erasures beside the backups, so that an old backup brings nobody back.

Each line names a person by number and by the moment they first wrote, and the bot the data
belong to: nothing that tells who it was.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.types import moment_text

LIST_NAME = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Erased:
    """A person who was erased; ``met_at`` is when they first wrote. Moments are UTC."""

    person_id: int
    met_at: datetime
    erased_at: datetime


def read_list(path: Path, bot_id: str | None) -> list[Erased]:
    """Return the erasures of this bot in the list; a line that was not finished is passed over.

    Raises:
        OSError: the list cannot be read.
    """
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            told = json.loads(line)
            erased = Erased(
                int(told["person"]),
                datetime.fromisoformat(told["met_at"] + "+00:00"),
                datetime.fromisoformat(told["erased_at"] + "+00:00"),
            )
        except (ValueError, TypeError, KeyError):
            continue  # cut off by a full disk; it is written again
        if told.get("bot") == bot_id:
            found.append(erased)
    return found


def append(path: Path, bot_id: str | None, erasures: Iterable[Erased]) -> None:
    """Add to the list those that it lacks.

    Raises:
        OSError: the list cannot be written.
    """
    known = set(read_list(path, bot_id))
    lines = [
        json.dumps(
            {
                "bot": bot_id,
                "person": each.person_id,
                "met_at": moment_text(each.met_at),
                "erased_at": moment_text(each.erased_at),
            }
        )
        for each in erasures
        if each not in known
    ]
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.exists() and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" * whole + "".join(f"{line}\n" for line in lines))
