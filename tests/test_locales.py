"""The texts in locales/ are whole, used, within limits, and in the words of the glossary."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import LANGUAGES, Translations
from tests import locale_checks as checks
from tests.text_uses import TextUses

ROOT = Path(__file__).parents[1]
# A long Russian date ends with the stop of its own abbreviation, "2026 г."
SECOND_STOP = re.compile(r'DATE\([^)]*"(?:medium|long|full)"\) \}(?:</[bi]>)?\.')
WITHOUT_CYRILLIC_RULE = frozenset({"tests", ".venv", "data", "node_modules"})


@pytest.fixture(scope="module")
def texts() -> checks.Texts:
    return checks.read_texts(ROOT / "locales")


@pytest.fixture(scope="module")
def uses() -> TextUses:
    return TextUses.read(ROOT / "bot")


def test_every_file_is_fluent_and_no_key_comes_twice() -> None:
    Translations.load(ROOT / "locales", ZoneInfo("Asia/Qostanay"), strict=True)


def test_every_language_has_every_text(texts: checks.Texts) -> None:
    assert checks.missing_keys(texts) == []


def test_a_text_takes_the_same_arguments_in_every_language(texts: checks.Texts) -> None:
    assert checks.differing_arguments(texts) == []


def test_no_text_is_unused(texts: checks.Texts, uses: TextUses) -> None:
    assert checks.unused_keys(texts, uses) == []


def test_no_text_the_code_asks_for_is_absent(texts: checks.Texts, uses: TextUses) -> None:
    assert checks.absent_keys(texts, uses) == []


def test_the_code_gives_each_text_all_its_arguments(texts: checks.Texts, uses: TextUses) -> None:
    assert checks.starved_texts(texts, uses) == []


def test_every_text_fits_what_shows_it(texts: checks.Texts, uses: TextUses) -> None:
    assert checks.oversized(texts, uses) == []


def test_every_screen_fits_a_small_phone(texts: checks.Texts) -> None:
    assert checks.tall_screens(texts) == []


def test_telegram_can_parse_every_text(texts: checks.Texts, uses: TextUses) -> None:
    assert checks.broken_markup(texts, uses) == []


def test_choices_by_number_have_the_forms_of_their_language(texts: checks.Texts) -> None:
    assert checks.wrong_plurals(texts) == []


def test_no_word_of_another_language_slipped_in(texts: checks.Texts) -> None:
    assert checks.foreign_words(texts) == []


def test_the_words_are_those_of_the_glossary(texts: checks.Texts) -> None:
    assert checks.forbidden_terms(texts) == []


def test_a_text_calls_a_button_by_its_name(texts: checks.Texts) -> None:
    assert checks.misquoted_buttons(texts) == []


def test_no_russian_date_is_followed_by_a_second_stop() -> None:
    found = [
        line
        for path in sorted((ROOT / "locales" / "ru").glob("*.ftl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if SECOND_STOP.search(line)
    ]
    assert found == []


def test_no_cyrillic_letter_stands_in_code() -> None:
    assert checks.cyrillic_lines(ROOT, skipped=WITHOUT_CYRILLIC_RULE) == []


# The checks themselves, each shown a wrong sample: a check that cannot fail proves nothing.


def written(directory: Path, source: str = "a = a", **languages: str) -> checks.Texts:
    for language in LANGUAGES:
        (directory / language).mkdir()
        text = languages.get(language, source)
        (directory / language / "flow.ftl").write_text(text, encoding="utf-8")
    return checks.read_texts(directory)


def code(directory: Path, source: str) -> TextUses:
    (directory / "code.py").write_text(source, encoding="utf-8")
    return TextUses.read(directory)


def test_a_key_one_language_lacks_is_told(tmp_path: Path) -> None:
    assert checks.missing_keys(written(tmp_path, ru="b = b")) == [
        "kk lacks b",
        "ru lacks a",
        "en lacks b",
    ]


def test_an_argument_only_one_language_takes_is_told_through_references(tmp_path: Path) -> None:
    texts = written(tmp_path, "a = { b }\nb = { $x ->\n   *[one] { $y }\n }", en="a = { b }\nb = b")
    assert sorted(checks.differing_arguments(texts)) == [
        "a: kk takes ['x', 'y'], en []",
        "b: kk takes ['x', 'y'], en []",
    ]


def test_a_key_nobody_asks_for_is_told(tmp_path: Path) -> None:
    texts = written(tmp_path, "a = { b }\nb = b\nc = c\nrole-x = x\nd-e = e\nf = f")
    uses = code(tmp_path, 't("a")\nt(f"role-{role}")\nKEYS = {1: "d-e"}\n"see f"\n')
    assert checks.unused_keys(texts, uses) == ["c", "f"]


@pytest.mark.parametrize(
    "source",
    [
        't("no-such")',
        'ctx.t("no-such", x=1)',
        'ctx.t.plain("a" if x else "no-such")',
        'house.texts[language]("no-such")',
        'raise ConflictError("no-such")',
        't(f"no-such-{x}")',
    ],
)
def test_a_key_asked_for_but_absent_is_told(tmp_path: Path, source: str) -> None:
    told = checks.absent_keys(written(tmp_path), code(tmp_path, source))
    assert [re.sub(r"\W", "", complaint) for complaint in told] == [
        "codepy1asksfornosuch" + ("az09" if "{x}" in source else "")
    ]


def test_a_key_built_from_nothing_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="name of its flow"):
        code(tmp_path, 't(f"{x}-toast")')


def test_a_text_not_given_all_its_arguments_is_told(tmp_path: Path) -> None:
    texts = written(tmp_path, "a = { $x } { $y }\nb = { $x }")
    uses = code(
        tmp_path, 't("a", x=1)\nt("a", x=1, y=2)\nt("a", **more)\nt("b" if x else "a", y=1)'
    )
    assert [complaint for complaint in checks.starved_texts(texts, uses) if "kk" in complaint] == [
        "kk: code.py:1 does not give a ['y']",
        "kk: code.py:4 does not give b ['x']",
        "kk: code.py:4 does not give a ['x']",
    ]


@pytest.mark.parametrize(
    ("key", "fits"),
    [
        ("a", 4096),
        ("a-toast", 200),
        ("bug-alert", 200),
        ("command-start", 256),
        ("bot-description", 512),
        ("bot-about", 120),
        ("button-back", 64),
        ("key-cancel", 64),
        ("people-row", 96),
        ("asked-plainly", 64),
    ],
)
def test_a_text_over_its_limit_is_told_in_utf16_units(tmp_path: Path, key: str, fits: int) -> None:
    fitting = "\N{WAVING HAND SIGN}" * (fits // 2)
    texts = written(tmp_path, f"{key} = {fitting}", ru=f"{key} = {fitting}!")
    assert checks.oversized(texts, code(tmp_path, 't.plain("asked-plainly")')) == [
        f"ru: {key} has {fits + 1} units, at most {fits} are allowed"
    ]


def test_the_longest_variant_and_argument_count_for_the_limit(tmp_path: Path) -> None:
    variants = "[one] -\n   *[other] " + "x" * 40 + " { $name }"
    texts = written(tmp_path, f"button-a = {{ $n ->\n    {variants}\n }}")
    told = checks.oversized(texts, code(tmp_path, ""))
    assert [complaint.partition(",")[0] for complaint in told] == [
        f"{language}: button-a has 71 units" for language in LANGUAGES
    ]


def test_a_screen_of_13_lines_is_told(tmp_path: Path) -> None:
    lines = "a =\n    " + "\n    ".join("x" * 12)
    texts = written(tmp_path, lines, kk=f"{lines}\n    y")
    assert checks.tall_screens(texts) == ["kk: a has 13 lines"]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<b>x", "not closed: b"),
        ("<b>x</i>", "</i> closes nothing"),
        ("<b><i>x</b></i>", "</b> closes nothing"),
        ("<div>x</div>", "<div> is not a tag of Telegram"),
        ("<a>x</a>", "<a> leads nowhere"),
        ("a & b", "a bare & must be written &amp;"),
        ("a &nbsp; b", "a bare & must be written &amp;"),
        ("a < b", "a bare < must be written &lt;"),
        ("x <b", "a bare < must be written &lt;"),
    ],
)
def test_markup_telegram_refuses_is_told(source: str, fault: str) -> None:
    assert fault in checks.html_fault(source)


def test_markup_telegram_takes_is_not_told() -> None:
    assert checks.html_fault('<b>1 &lt; 2</b> > <a href="https://t.me/x?a=1">&amp;</a>') == ""


@pytest.mark.parametrize("source", ["<b>x</b>", "R&amp;D"])
def test_markup_in_a_plain_text_is_told(tmp_path: Path, source: str) -> None:
    texts = written(tmp_path, f"a = {source}\na-toast = {source}")
    assert checks.broken_markup(texts, code(tmp_path, "")) == [
        f"{language}: a-toast is plain but has markup" for language in LANGUAGES
    ]
    assert len(checks.broken_markup(texts, code(tmp_path, 't.plain("a")'))) == 6


@pytest.mark.parametrize(
    ("language", "variants"),
    [
        ("ru", ["one", "other"]),
        ("ru", ["one", "few", "other"]),
        ("kk", ["few", "other"]),
        ("en", ["one", "many"]),
    ],
)
def test_a_plural_form_too_few_or_too_many_is_told(
    tmp_path: Path, language: str, variants: list[str]
) -> None:
    *forms, last = variants
    rows = "".join(f"    [{form}] x\n" for form in forms)
    texts = written(tmp_path, **{language: f"a = {{ $n ->\n{rows}   *[{last}] y\n }}"})
    assert checks.wrong_plurals(texts) == [f"{language}: a has the forms {sorted(variants)}"]


@pytest.mark.parametrize(
    ("language", "source", "word"),
    [
        ("kk", "Атыңыз или тегіңіз", "или"),
        ("kk", "Батырманы <b>Нажмите</b>", "Нажмите"),
        ("ru", "Имя және фамилия", "және"),
        ("kk", "Кел\u0069сім", "Кел\u0069сім"),  # a Latin i in a Kazakh word
        ("en", "Sh\u0456ft", "Sh\u0456ft"),  # a Kazakh i in an English word
    ],
)
def test_a_strange_word_is_told(tmp_path: Path, language: str, source: str, word: str) -> None:
    texts = written(tmp_path, **{language: f"a = {source}"})
    assert checks.foreign_words(texts) == [f"{language}: a: {word}"]


@pytest.mark.parametrize(
    ("language", "source", "right"),
    [
        ("kk", "Координаторға жіберілді", "үйлестіруші"),
        ("kk", "Жаңа смена", "ауысым"),
        ("kk", "Инструктаж", "нұсқаулық"),
        ("ru", "Ваш куратор", "координатор"),
        ("en", "Your supervisor", "coordinator"),
    ],
)
def test_a_rival_of_a_term_is_told(tmp_path: Path, language: str, source: str, right: str) -> None:
    [complaint] = checks.forbidden_terms(written(tmp_path, **{language: f"a = {source}"}))
    assert right in complaint


def test_a_button_quoted_under_another_name_is_told(tmp_path: Path) -> None:
    right = "key-a = ✖ Stop\nb = Press «✖ Stop», not «stop»."
    texts = written(tmp_path, right, en=right.replace("«✖ Stop»", "“✖ Cancel”"))
    assert checks.misquoted_buttons(texts) == ["en: b: ✖ Cancel"]


def test_a_cyrillic_letter_in_code_is_told_outside_the_skipped_folders(tmp_path: Path) -> None:
    for folder in ("bot", "tests"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.py").write_text("a = 1\nb = 'Ә'\n", encoding="utf-8")
    assert checks.cyrillic_lines(tmp_path, skipped=frozenset({"tests"})) == ["bot/x.py:2"]
