"""The Translator: languages, escaping, plurals, dates, and texts that are missing or broken."""

import timeit
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.i18n import LANGUAGES, Markup, TextError, Translations, escape

QOSTANAY = ZoneInfo("Asia/Qostanay")
EVENING = datetime(2026, 11, 20, 15, 5, tzinfo=UTC)  # 20:05 in Kostanay
BEFORE_MIDNIGHT = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)  # already the 21st in Kostanay
NBSP = "\N{NO-BREAK SPACE}"

TEXTS = """
greeting = <b>{ $name }</b> & co
people = { $count } { $count ->
    [one] человек
    [few] человека
   *[many] человек
 }
role = { $role ->
    [admin] A
   *[other] O
 }
late = { $late ->
    [true] late
   *[false] in time
 }
sign = { $by ->
    [empty] nobody
   *[other] { $by }
 } { $by }.
when = { MOMENT($at) } / { DATE($at, width: "full") } / { TIME($at) } / { $at }
day = { $on } / { DATE($on, width: "short") }
span = { $span } / { DURATION($span, width: "long") } / { DURATION($span, largest: "day") }
amount = { $amount } / { NUMBER($amount, maximumFractionDigits: 0) }
outer = { greeting } { $inner }
"""


class Role(StrEnum):
    ADMIN = "admin"
    ASSISTANT = "assistant"


def write_texts(directory: Path, **languages: str) -> Path:
    for language in LANGUAGES:
        (directory / language).mkdir()
        source = languages.get(language, TEXTS)
        (directory / language / "flow.ftl").write_text(source, encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Translations:
    directory = write_texts(tmp_path_factory.mktemp("locales"))
    return Translations.load(directory, QOSTANAY, strict=True)


def test_a_name_with_markup_is_literal_in_html_and_untouched_in_plain(texts: Translations) -> None:
    name = '<a href="tg://user?id=1">R&D</a>'
    assert texts["en"]("greeting", name=name) == (
        '<b>&lt;a href="tg://user?id=1"&gt;R&amp;D&lt;/a&gt;</b> & co'
    )
    assert texts["en"].plain("outer", name="R&D", inner="<i>") == "<b>R&D</b> & co <i>"


@pytest.mark.parametrize(
    "typed", ["{0.__class__}", "%s %(x)d", "$x", "{ $x }", "{ greeting }", "\\u0041", '{"']
)
def test_f14_what_a_person_typed_is_never_a_template(texts: Translations, typed: str) -> None:
    assert texts["kk"].plain("outer", name="", inner=typed) == f"<b></b> & co {typed}"
    assert texts["kk"]("outer", name="", inner=typed).endswith(f" {typed}")


@given(st.text())
def test_f14_any_text_comes_out_of_plain_as_it_was_typed(texts: Translations, typed: str) -> None:
    assert texts["ru"].plain("outer", name="", inner=typed) == f"<b></b> & co {typed}"


def test_a_text_is_markup_so_that_it_can_stand_in_another(texts: Translations) -> None:
    t = texts["en"]
    inner = t("greeting", name="<")
    assert t("outer", name="x", inner=inner) == "<b>x</b> & co <b>&lt;</b> & co"


def test_markup_loses_its_tags_in_plain(texts: Translations) -> None:
    inner = Markup("<i>1 &lt; 2</i>")
    assert texts["en"].plain("outer", name="x", inner=inner).endswith("1 < 2")


def test_markup_joins_escaping_only_what_is_no_markup() -> None:
    joined = Markup("\n").join([Markup("<b>a</b>"), "<b>"])
    assert joined == "<b>a</b>\n&lt;b&gt;"
    assert isinstance(joined, Markup)
    assert escape(joined) is joined


def test_a_text_longer_than_the_limit_of_fluent_is_not_cut(texts: Translations) -> None:
    module = "ә" * 4000
    assert texts["kk"].plain("outer", name="", inner=module).endswith(module)


@pytest.mark.parametrize(
    ("count", "russian"), [(1, "человек"), (3, "человека"), (11, "человек"), (21, "человек")]
)
def test_russian_counts_people_by_its_plural_forms(
    texts: Translations, count: int, russian: str
) -> None:
    assert texts["ru"]("people", count=count) == f"{count} {russian}"


def test_an_enum_and_a_bool_select_by_their_words(texts: Translations) -> None:
    t = texts["en"]
    assert [t("role", role=role) for role in Role] == ["A", "O"]
    assert [t("late", late=late) for late in (True, False)] == ["late", "in time"]


def test_an_empty_text_selects_empty_and_is_written_as_nothing(texts: Translations) -> None:
    t = texts["en"]
    assert [t("sign", by=by) for by in ("", "empty", "<")] == [
        "nobody .",
        "empty empty.",
        "&lt; &lt;.",
    ]


@pytest.mark.parametrize(
    ("language", "moment", "full"),
    [
        ("kk", "2026 ж. 20 қар., жм, 20:05", "2026 ж. 20 қараша, жұма"),
        ("ru", "пт, 20 нояб. 2026 г., 20:05", "пятница, 20 ноября 2026 г."),
        ("en", "Fri, 20 Nov 2026, 20:05", "Friday, 20 November 2026"),
    ],
)
def test_a_moment_is_shown_in_the_regions_zone_as_the_language_writes_it(
    texts: Translations, language: str, moment: str, full: str
) -> None:
    shown = texts[language].plain("when", at=EVENING).replace(NBSP, " ")
    assert shown == f"{moment} / {full} / 20:05 / {moment}"


@pytest.mark.parametrize(
    ("language", "widths"),
    [
        ("kk", "21 қар., сб|2026 ж. 21 қар., сб|2026 ж. 21 қараша|2026 ж. 21 қараша, сенбі"),
        ("ru", "сб, 21 нояб.|сб, 21 нояб. 2026 г.|21 ноября 2026 г.|суббота, 21 ноября 2026 г."),
        ("en", "Sat 21 Nov|Sat, 21 Nov 2026|21 November 2026|Saturday, 21 November 2026"),
    ],
)
def test_the_day_is_the_day_in_the_region_in_four_widths(
    texts: Translations, language: str, widths: str
) -> None:
    shown = [
        texts[language].date(BEFORE_MIDNIGHT, width).replace(NBSP, " ")
        for width in ("short", "medium", "long", "full")
    ]
    assert "|".join(shown) == widths
    assert texts[language].date(date(2026, 11, 21), "full").replace(NBSP, " ") == shown[-1]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("kk", "26 сағ 5 мин / 26 сағат 5 минут / 1 күн 2 сағ 5 мин"),
        ("ru", "26 ч 5 мин / 26 часов 5 минут / 1 дн. 2 ч 5 мин"),
        ("en", "26 hrs 5 mins / 26 hours, 5 minutes / 1 day 2 hrs 5 mins"),
    ],
)
def test_a_duration_counts_whole_minutes_and_hours_beyond_a_day(
    texts: Translations, language: str, shown: str
) -> None:
    span = timedelta(hours=26, minutes=5, seconds=59)
    assert texts[language].plain("span", span=span).replace(NBSP, " ") == shown


@pytest.mark.parametrize(
    ("minutes", "long"),
    [
        (0, "0 минут"),
        (21, "21 минута"),
        (60, "1 час"),
        (125, "2 часа 5 минут"),
        (-90, "−1 час 30 минут"),
    ],
)
def test_a_duration_is_said_in_full_in_russian(
    texts: Translations, minutes: int, long: str
) -> None:
    assert texts["ru"].duration(timedelta(minutes=minutes), "long").replace(NBSP, " ") == long


def test_seven_days_are_seven_days_in_kazakh_too(texts: Translations) -> None:
    assert texts["kk"].duration(timedelta(days=7), "long", "day") == "7 күн"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("kk", "12 345,51 / 12 346"),
        ("ru", "12 345,51 / 12 346"),
        ("en", "12,345.51 / 12,346"),
    ],
)
def test_numbers_have_the_separators_of_the_language(
    texts: Translations, language: str, shown: str
) -> None:
    t = texts[language]
    assert t.plain("amount", amount=12345.51).replace(NBSP, " ") == shown
    assert f"{t.number(12345.51)} / {t.number(12346)}".replace(NBSP, " ") == shown


def test_a_small_number_is_written_as_it_is(texts: Translations) -> None:
    assert texts["kk"].plain("people", count=-999).startswith("-999 ")


@pytest.mark.parametrize("width", ["", "tiny", "{0}"])
def test_an_unknown_width_is_refused(texts: Translations, width: str) -> None:
    with pytest.raises(ValueError, match="unknown width"):
        texts["kk"].date(date(2026, 1, 1), width)
    with pytest.raises(ValueError, match="unknown width"):
        texts["kk"].duration(timedelta(), width)


def test_a_naive_moment_is_refused(texts: Translations) -> None:
    naive = EVENING.replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        texts["kk"].time(naive)
    with pytest.raises(TextError, match=r"when: \$at"):
        texts["kk"]("when", at=naive)


def test_strict_texts_refuse_a_missing_key_and_a_missing_argument(texts: Translations) -> None:
    with pytest.raises(TextError, match="en: no-such-key: no such text"):
        texts["en"]("no-such-key")
    with pytest.raises(TextError, match="ru: greeting: Unknown external: name"):
        texts["ru"].plain("greeting")


def test_a_function_given_the_wrong_kind_of_argument_is_a_fault(texts: Translations) -> None:
    with pytest.raises(TextError, match="ru: when"):
        texts["ru"]("when", at="yesterday")


def test_lenient_texts_fall_back_to_kazakh_first_count_it_and_log_it_once(tmp_path: Path) -> None:
    directory = write_texts(
        tmp_path, kk="a = қазақша", ru="a = по-русски\nb = только { $x }", en="c = c"
    )
    texts = Translations.load(directory, QOSTANAY, strict=False)
    with capture_logs() as logs:
        assert [texts["en"]("a"), texts["en"]("a"), texts["en"]("b", x=1)] == [
            "қазақша",
            "қазақша",
            "только 1",
        ]
    assert texts.faults == {("en", "a"): 2, ("en", "b"): 1, ("kk", "b"): 1}
    assert [(log["language"], log["key"]) for log in logs] == [
        ("en", "a"),
        ("en", "b"),
        ("kk", "b"),
    ]


def test_lenient_texts_never_fail_even_for_a_key_nobody_wrote(tmp_path: Path) -> None:
    texts = Translations.load(write_texts(tmp_path), QOSTANAY, strict=False)
    naive = EVENING.replace(tzinfo=None)
    with capture_logs() as logs:
        assert texts["ru"]("no-such-key") == "no-such-key"
        assert texts["ru"].plain("greeting") == "<b>name</b> & co"
        assert texts["ru"]("when", at=naive)
    assert texts.faults["ru", "greeting"] == 1
    assert naive.isoformat() not in str(logs)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a = x\n\nb = { $", "ru/flow.ftl:3: not Fluent"),
        ("a = x\nno value\n", "ru/flow.ftl:2: not Fluent"),
        ("a = x\n-a = y\na = z\n", "ru/flow.ftl:3: a is already in ru/flow.ftl:1"),
    ],
)
def test_a_broken_file_stops_the_start_and_names_its_line(
    tmp_path: Path, source: str, told: str
) -> None:
    with pytest.raises(TextError, match=told):
        Translations.load(write_texts(tmp_path, ru=source), QOSTANAY, strict=False)


def test_a_language_without_files_stops_the_start(tmp_path: Path) -> None:
    directory = write_texts(tmp_path)
    (directory / "en" / "flow.ftl").unlink()
    with pytest.raises(TextError, match="no texts in"):
        Translations.load(directory, QOSTANAY, strict=False)


def test_a_text_with_a_name_a_time_and_a_plural_takes_far_less_than_a_millisecond(
    texts: Translations,
) -> None:
    t = texts["ru"]

    def speak() -> None:
        t("greeting", name="Айгерім")
        t("people", count=21)

    assert min(timeit.repeat(speak, number=100, repeat=5)) / 200 < 0.001
