"""The judge of a soak sees what is lost, doubled, untrue and unanswered."""

from collections import Counter
from datetime import UTC, datetime

from bench.soak.logs import Leading, hand_overs
from bench.soak.plan import Broadcast, Outcome, Restart
from bench.soak.record import Act, Asked, Kind, Record
from bench.soak.report import good, told
from bench.soak.verdict import Fact, Verdict, judge, judge_notices
from bench.soak.words import Words, texts
from bot.i18n import LANGUAGES

WHO, WHEN = 7, 1_700_000_000


def start(*dates: int, updates: int = 1, refused: bool = False) -> Act:
    return Act(Kind.START, WHO, dates=set(dates), updates=updates, refused=refused)


def judged(*acts: Act, facts: tuple[Fact, ...] = ()) -> Verdict:
    return judge(Record(acts=list(acts)), Counter(facts))


def test_an_act_that_left_nothing_is_lost_unless_it_was_refused() -> None:
    assert len(judged(start(WHEN)).lost) == 1
    refused = judged(start(WHEN, refused=True))
    assert (refused.wrong, refused.refused) == ([], 1)
    asked_back = start(WHEN)
    asked_back.asked_back = True
    assert (judged(asked_back).wrong, judged(asked_back).asked_back) == ([], 1)
    assert judged(start(WHEN), facts=((Kind.START, WHO, WHEN),)).wrong == []


def test_an_act_with_two_facts_and_a_fact_without_an_act_are_doubled() -> None:
    twice = ((Kind.START, WHO, WHEN), (Kind.START, WHO, WHEN + 1))
    assert len(judged(start(WHEN, WHEN + 1, updates=2), facts=twice).doubled) == 1
    assert len(judged(start(WHEN), facts=twice).doubled) == 1
    assert len(judged(facts=((Kind.RESULT, WHO, "key"),)).doubled) == 1


def test_a_refusal_of_what_was_done_is_untrue_unless_it_was_asked_twice() -> None:
    done = ((Kind.START, WHO, WHEN),)
    assert len(judged(start(WHEN, refused=True), facts=done).untrue) == 1
    assert judged(start(WHEN, updates=2, refused=True), facts=done).wrong == []


def test_an_update_after_which_nothing_was_said_is_unanswered() -> None:
    asked = [Asked(1, WHO, 5.0), Asked(2, WHO, 6.0, answered_at=7.0)]
    verdict = judge(Record(asked=asked), Counter())
    assert verdict.unanswered == ["7: update 1"]


def test_a_notice_twice_is_borne_only_where_its_sender_was_hurt_between() -> None:
    record = Record()
    record.notices.update({1: [10.0], 2: [10.0, 14.0], 3: [20.0, 24.0]})
    verdict = Verdict()
    judge_notices(verdict, record, [(9.0, [1, 2, 3, 4])], faults_at=[12.0])
    assert len(verdict.notices_in_flight) == len(verdict.notices_doubled) == 1
    assert verdict.notices_lost == ["4: no notice of broadcast 1"]


def test_a_hand_over_lasts_from_a_kill_of_who_leads_until_another_does() -> None:
    took = [Leading(0.0, "scheduler-1"), Leading(14.0, "scheduler-2"), Leading(60.0, "scheduler-1")]
    kills = [(5.0, "scheduler-2"), (10.0, "scheduler-1"), (30.0, "scheduler-2")]

    assert hand_overs(took, kills, shaken=[(25.0, 55.0)]) == [4.0]
    assert hand_overs(took, kills, shaken=[]) == [4.0, 30.0]


def test_an_apology_is_no_refusal() -> None:
    words = Words.read()
    for language in LANGUAGES:
        t = texts()[language]
        at = datetime(2026, 3, 2, 9, tzinfo=UTC)
        assert words.refuse(t.plain("refused", reason="…"))
        assert not words.refuse(t.plain("bug", reference="ABC234"))
        assert not words.refuse(t.plain("too-fast"))
        assert words.refuse_in_alert(t.plain("error-access-denied"))
        assert not words.refuse_in_alert(t.plain("bug-alert", reference="ABC234"))
        assert not words.refuse_in_alert(t.plain("bug-saved-alert", reference="ABC234", at=at))


def test_a_soak_is_good_only_at_the_pace_and_with_the_hand_overs_it_promises() -> None:
    def outcome(seconds: int, *, late: float | None = None, took_at: float = 40.0) -> Outcome:
        sent = [10.0 + seconds * n / 300 for n in range(301)]
        record = Record(sent_at=sent, refused_at=[] if late is None else [late])
        record.notices[1] = sent
        return Outcome(
            record=record,
            broadcasts=[Broadcast(10.0, 10.0 + seconds, calm=True)],
            leadings=[Leading(0.0, "scheduler-1"), Leading(took_at, "scheduler-2")],
            kills=[(30.0, "scheduler-1")],
        )

    assert good(outcome(10))
    for bad in (outcome(11), outcome(10, late=12.0), outcome(10, took_at=61.0)):
        assert not good(bad)
        assert good(bad, timed=False)
    assert good(outcome(10, late=10.5))


def test_a_process_that_ends_badly_when_told_to_is_told() -> None:
    outcome = Outcome(restarts=[Restart("web-1", 1, 1.0, 2.0, 3.0)])
    outcome.record.asked = [Asked(1, WHO, 1.5), Asked(2, WHO, 3.5)]

    assert not good(outcome, timed=False)
    assert any("1 updates meanwhile, 1 of them unanswered" in line for line in told(outcome))
