"""Rows of the briefing: who read it, tried its quiz, signed it, and when it has to be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.sample.cast import Part, Story
from bot.sample.ledger import Ledger
from bot.sample.scene import Scene
from bot.services.briefing_rules import BriefingRules, valid_until
from db.models import BriefingPass, BriefingProgress, QuizAttempt
from db.models.briefings import AttemptState

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Passed:
    """A signed briefing; moments are UTC."""

    id: int
    signed_at: datetime
    valid_until: datetime


def signings(
    scene: Scene, part: Part, rng: Random, *, opens: datetime, closes: datetime, now: datetime
) -> list[datetime]:
    """Return when the person signed, oldest first: one pass holds at every moment of their work.

    Args:
        opens, closes: between which shifts may begin.
    """
    months = scene.briefing.validity_months

    def signed_for(until: datetime) -> datetime:
        return valid_until(until, -months, scene.zone)

    match part.story:
        case Story.NEWCOMER:
            return [opens - rng.uniform(2, 9) * _HOUR]
        case Story.EXPIRING:
            found = [signed_for(now + rng.uniform(2, 12) * _DAY)]
        case Story.EXPIRED:
            found = [signed_for(closes + rng.random() * (now - closes))]
        case _:
            found = [now - rng.uniform(20, 330) * _DAY]
    while found[0] >= opens:
        found.insert(0, signed_for(found[0] + rng.uniform(2, 6) * _DAY))
    return found


class BriefingMaker:
    """Makes what the briefing left behind."""

    def __init__(self, scene: Scene, ledger: Ledger, now: datetime) -> None:
        self._rules = scene.briefing
        self._scene = scene
        self._ledger = ledger
        self._now = now
        self._codes = sorted(scene.briefing.questions)

    def passed(
        self, rng: Random, person_id: int, language: str, signed: Sequence[datetime]
    ) -> list[Passed]:
        """Make a pass for each signing, oldest first."""
        passes = []
        earlier = attempt = 0
        for signed_at in signed:
            earlier = attempt
            score = rng.randint(self._rules.pass_mark, self._rules.drawn)
            attempt = self._attempt(rng, person_id, score, signed_at - 2 * _MINUTE)
            passes.append(self._pass(person_id, language, attempt, score, signed_at))
        self._progress(person_id, self._rules.modules, earlier, signed[-1] - 25 * _MINUTE)
        return passes

    def under_way(self, rng: Random, person_id: int, story: Story, approved_at: datetime) -> None:
        """Make what a trainee has done so far."""
        if story is Story.READING:
            read = rng.randrange(1, max(self._rules.modules - 1, 2))
            self._progress(person_id, min(read, self._rules.modules), 0, approved_at + _HOUR)
        elif story is Story.PAUSED:
            self._progress(person_id, self._rules.modules, 0, approved_at + _HOUR)
            last = self._now - rng.uniform(0.1, 0.4) * self._rules.pause
            for left in range(self._rules.tries - 1, -1, -1):
                score = rng.randrange(self._rules.pass_mark)
                self._attempt(rng, person_id, score, last - left * 12 * _MINUTE)

    def _progress(self, person_id: int, read: int, after: int, opened_at: datetime) -> None:
        self._ledger.add(
            BriefingProgress,
            person_id=person_id,
            version=self._rules.version,
            modules_read=read,
            after_attempt_id=after,
            opened_at=opened_at,
            lifted_attempt_id=None,
            lifted_at=None,
        )

    def _attempt(self, rng: Random, person_id: int, score: int, finished_at: datetime) -> int:
        attempt_id = self._ledger.number(QuizAttempt)
        codes = rng.sample(self._codes, self._rules.drawn)
        wrong = set(rng.sample(range(len(codes)), len(codes) - score))
        questions, answers = [], []
        for place, code in enumerate(codes):
            question, answer = _answered(self._rules, code, rng, right=place not in wrong)
            questions.append(question)
            answers.append(answer)
        self._ledger.add(
            QuizAttempt,
            id=attempt_id,
            person_id=person_id,
            version=self._rules.version,
            state=AttemptState.PASSED if score >= self._rules.pass_mark else AttemptState.FAILED,
            questions=questions,
            answers=answers,
            score=score,
            started_at=finished_at - 8 * _MINUTE,
            finished_at=finished_at,
        )
        return attempt_id

    def _pass(
        self, person_id: int, language: str, attempt_id: int, score: int, signed_at: datetime
    ) -> Passed:
        rules = self._rules
        until = valid_until(signed_at, rules.validity_months, self._scene.zone)
        told_at = until - rules.notice
        passed = Passed(self._ledger.number(BriefingPass), signed_at, until)
        self._ledger.add(
            BriefingPass,
            id=passed.id,
            person_id=person_id,
            version=rules.version,
            attempt_id=attempt_id,
            language=language,
            undertaking_sha256=rules.undertakings[language],
            score=score,
            questions_count=rules.drawn,
            signed_at=signed_at,
            valid_until=until,
            notified_at=told_at if told_at <= self._now else None,
            notified_version=None,
        )
        return passed


def _answered(
    rules: BriefingRules, code: str, rng: Random, *, right: bool
) -> tuple[dict[str, Any], int]:
    """Return a question as it was drawn, and the option chosen."""
    item = rules.questions[code]
    order = rng.sample(range(item.options), item.options)
    others = [option for option in order if option != item.right]
    return {"code": code, "order": order}, item.right if right or not others else others[0]
