"""What assistants write down of their work: answers to every field of a kind, as its rules want."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeAlias

from bot.sample.luck import pick, pick_weighted, whole
from bot.sample.scene import Scene
from bot.sample.words import Phrases
from bot.services.activity_answers import FieldRule
from bot.services.activity_fields import CATEGORY, OFFICER, PEOPLE, PERIOD, KindRule

_Maker: TypeAlias = Callable[[Random, Mapping[str, Any]], Any]

# How often a field is filled that may stay empty.
_FILLED = {PERIOD: 0.6, OFFICER: 0.2, "note": 0.15, "partner": 0.5, "operation": 0.4}
_USUALLY = 0.65
_SECOND = timedelta(seconds=1)
# Likely numbers: least, most, usual.
_COUNTS = {PEOPLE: (2, 40, 8), "copies": (10, 90, 30), "homes": (4, 30, 12)}
_LENGTHS = (60, 90, 120, 180, 240)
_TRAINING = "train"


@dataclass(frozen=True, slots=True)
class Result:
    """One result of work, as its entry holds it."""

    kind: str
    begins_at: datetime
    ends_at: datetime
    fields: dict[str, Any]
    people_reached: int
    category: str | None


class ResultMaker:
    """Makes results of the kinds of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._rules = scene.activity_rules
        self._makers = {
            (code, language): self._of_kind(scene.activity_rules.kinds[code], language)
            for code in scene.kinds
            for language in scene.words.phrases
        }
        self._notes = {
            code: scene.activity_rules.kinds[code].field("note") is not None for code in scene.kinds
        }

    def result(self, rng: Random, language: str, since: datetime, until: datetime) -> Result:
        """Return a result of somebody who writes in the language, within the two moments."""
        scene = self._scene
        kind = pick_weighted(rng, scene.kinds, scene.kinds_to)
        fields: dict[str, Any] = {}
        lasts = False
        for field, make in self._makers[kind, language]:
            if not field.required and not self._is_filled(rng, kind, field, fields):
                continue
            if make is None:
                lasts = True
            else:
                fields[field.name] = make(rng, fields)
        seconds = (until - since) / _SECOND
        begins_at = ends_at = since + int(seconds * rng.uniform(0.5, 0.95)) * _SECOND
        if lasts:
            begins_at = since + int(seconds * rng.uniform(0.02, 0.2)) * _SECOND
        # What lasts takes some time, however short the shift.
        if lasts and begins_at >= ends_at:
            begins_at, ends_at = since, until
        people = fields.get(PEOPLE, 0)
        return Result(kind, begins_at, ends_at, fields, people, fields.get(CATEGORY))

    def with_note(self, rng: Random, language: str, result: Result) -> dict[str, Any]:
        """Return the fields as they are after one more look: with another note."""
        if not self._notes[result.kind]:
            return result.fields
        return result.fields | {"note": pick(rng, self._scene.words.phrases[language].notes)}

    def _is_filled(
        self, rng: Random, kind: str, field: FieldRule, fields: Mapping[str, Any]
    ) -> bool:
        if field.name == OFFICER and self._rules.needs_officer(self._rules.kinds[kind], fields):
            return True
        return rng.random() < _FILLED.get(field.name, _USUALLY)

    def _of_kind(self, kind: KindRule, language: str) -> Sequence[tuple[FieldRule, _Maker | None]]:
        """Return how each field is filled; a period is none of the fields kept."""
        phrases = self._scene.words.phrases[language]
        return [
            (
                field,
                None if field.type == "period" else self._maker(kind, field, phrases, language),
            )
            for field in kind.fields
        ]

    def _maker(self, kind: KindRule, field: FieldRule, phrases: Phrases, language: str) -> _Maker:
        match field.type:
            case "count":
                least, most, usual = _COUNTS.get(field.name, _COUNTS[PEOPLE])
                return lambda rng, _: int(rng.triangular(least, most, usual))
            case "hours":
                return lambda rng, _: pick(rng, _LENGTHS)
            case "yes_no":
                return lambda rng, _: rng.random() < 0.5  # noqa: PLR2004 - yes or no
            case "choice":
                return lambda rng, fields: pick(rng, self._rules.choices(field, fields))
            case _:
                return self._words(kind, field, phrases, language)

    def _words(self, kind: KindRule, field: FieldRule, phrases: Phrases, language: str) -> _Maker:
        names = self._scene.words.names[language]
        match field.name:
            case "partner":
                return lambda rng, _: f"{pick(rng, names.surnames)[0]} {pick(rng, names.men)}"
            case "reference":
                return lambda rng, _: str(whole(rng, 10_000, 99_999))
        written = {
            "area": phrases.areas,
            "event": phrases.trainings if kind.code == _TRAINING else phrases.events,
            OFFICER: phrases.officers,
            "adult": phrases.adults,
            "action": phrases.actions,
        }.get(field.name, phrases.notes)
        return lambda rng, _: pick(rng, written)
