"""The mandatory briefing: what ships, how its faults are named, and what its fingerprint holds."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.content.briefing import Briefing
from bot.content.briefing_loading import load_briefings
from tests.locale_checks import html_fault
from tests.locale_words import FORBIDDEN, STRANGERS
from tests.small_briefing import FOLDER, write_small_briefing

SHIPPED = Path(__file__).parents[2] / "content" / "kostanay"
LANGUAGES = ("kk", "ru", "en")

Change = Callable[[str, str, str], None]


@pytest.fixture(scope="module")
def shipped() -> Briefing:
    faults: list[str] = []
    briefings = load_briefings(SHIPPED, faults)
    assert faults == []
    return briefings[-1]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    write_small_briefing(tmp_path)
    return tmp_path


@pytest.fixture
def change(pack: Path) -> Change:
    """Replace words of a file of the small briefing; the words must be there once."""

    def replace(file: str, old: str, new: str) -> None:
        path = pack / FOLDER / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


def loaded(pack: Path) -> Briefing:
    faults: list[str] = []
    [briefing] = load_briefings(pack, faults)
    assert faults == []
    return briefing


def in_every_language(pack: Path, text: str) -> None:
    """Give the module the text, whatever language its file is in."""
    for language in LANGUAGES:
        (pack / FOLDER / "modules" / f"01.{language}.md").write_text(text, "utf-8")


def fault_of(pack: Path) -> str:
    faults: list[str] = []
    assert load_briefings(pack, faults) == ()
    [fault] = faults
    return fault.removeprefix(f"{FOLDER}/")


# What ships


def test_ten_modules_ask_at_least_four_questions_each(shipped: Briefing) -> None:
    assert [module.number for module in shipped.modules] == list(range(1, 11))
    asked = Counter(question.module for question in shipped.questions)
    assert sorted(asked) == list(range(1, 11))
    assert min(asked.values()) >= 4
    assert asked.total() >= 48


def test_the_quiz_asks_10_and_8_right_pass(shipped: Briefing) -> None:
    assert (shipped.version, shipped.questions_drawn, shipped.pass_mark) == ("2026-3", 10, 8)
    assert (shipped.tries, shipped.pause_hours) == (3, 24)
    assert (shipped.validity_months, shipped.notice_days) == (12, 14)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_module_is_markup_telegram_takes(shipped: Briefing, language: str) -> None:
    for module in shipped.modules:
        assert not any(html_fault(page.html[language]) for page in module.pages)
        assert module.pages[0].html[language].count("<b>") >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_module_takes_from_10_to_30_seconds(shipped: Briefing, language: str) -> None:
    for module in shipped.modules:
        seconds = shipped.reading_time(module, language).total_seconds()
        assert 10 <= seconds <= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_speaks_another_language_or_against_the_glossary(
    shipped: Briefing, language: str
) -> None:
    for text in texts_of(shipped, language):
        words = set(text.lower().replace("«", " ").replace("»", " ").split())
        assert not words & STRANGERS[language], text
        assert not [term for term in FORBIDDEN[language] if term in f"{text.lower()} "], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_states_an_amount_or_the_date_a_law_begins(
    shipped: Briefing, language: str
) -> None:
    unwanted = {
        "kk": ("теңге", "АЕК", "₸", "күшіне ен"),
        "ru": ("тенге", "МРП", "₸", "вступ", "в силу"),
        "en": ("tenge", "MRP", "₸", "in force", "into force"),
    }
    for text in texts_of(shipped, language):
        assert not [word for word in unwanted[language] if word in text], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_answer_does_not_show_by_its_length(shipped: Briefing, language: str) -> None:
    longest = shortest = 0
    for question in shipped.questions:
        lengths = [len(option[language]) for option in question.options]
        right = lengths.pop(question.right_option)
        longest += right > max(lengths)
        shortest += right < min(lengths)
    # By chance alone it would be a quarter to a third of the questions.
    assert longest < len(shipped.questions) / 3
    assert shortest < len(shipped.questions) / 3


def texts_of(briefing: Briefing, language: str) -> Iterator[str]:
    yield briefing.title[language]
    yield briefing.undertaking[language]
    for module in briefing.modules:
        yield module.title[language]
        yield from (page.plain[language] for page in module.pages)
    for question in briefing.questions:
        yield question.text[language]
        yield question.explanation[language]
        yield from (option[language] for option in question.options)


def test_a_question_is_found_by_its_code_and_knows_its_right_answer(shipped: Briefing) -> None:
    question = shipped.question("police-number")
    assert question.options[question.right_option]["kk"] == "102"
    with pytest.raises(KeyError, match="atlantis"):
        shipped.question("atlantis")


# Reading a version


def test_a_module_is_read_at_the_pace_of_the_version_but_never_under_its_minimum(
    pack: Path, change: Change
) -> None:
    change("modules/01.ru.md", "**Первый** модуль.", "**" + "ш" * 101 + "**")
    briefing = loaded(pack)
    [module] = briefing.modules
    assert briefing.reading_time(module, "ru") == timedelta(seconds=11)
    assert briefing.reading_time(module, "kk") == timedelta(seconds=3)


def test_a_line_of_three_hyphens_begins_the_next_page(pack: Path) -> None:
    text = "Do:\n1. **one**\n---  \n2. two\n\nThree\n---\nfour"
    in_every_language(pack, text)
    [module] = loaded(pack).modules
    assert [page.html["en"] for page in module.pages] == [
        "Do:\n1. <b>one</b>",
        "2. two\n\nThree",
        "four",
    ]
    assert module.pages[0].plain["kk"] == "Do:\n1. one"
    assert module.markdown["ru"] == text.replace("---  ", "---")


def test_a_module_of_several_pages_takes_the_time_of_all_of_them(pack: Path) -> None:
    in_every_language(pack, "ш" * 101 + "\n---\n" + "ш" * 50)
    briefing = loaded(pack)
    assert briefing.reading_time(briefing.modules[0], "ru") == timedelta(seconds=16)


def test_versions_stand_by_year_and_number_the_newest_last(pack: Path) -> None:
    for version in ("2026-10", "2026-2", "2025-11"):
        write_small_briefing(pack / version)
        folder = (pack / version / FOLDER).rename(pack / "briefings" / version)
        settings = folder / "briefing.toml"
        settings.write_text(settings.read_text("utf-8").replace("2026-1", version), "utf-8")
    (pack / "briefings" / ".trash").mkdir()
    faults: list[str] = []
    versions = [briefing.version for briefing in load_briefings(pack, faults)]
    assert faults == []
    assert versions == ["2025-11", "2026-1", "2026-2", "2026-10"]


def test_a_briefing_cannot_be_changed_after_loading(pack: Path) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        loaded(pack).pass_mark = 0  # type: ignore[misc]


def test_f14_what_looks_like_a_template_or_a_tag_is_shown_as_typed(
    pack: Path, change: Change
) -> None:
    change("modules/01.en.md", "The **first** module.", "{0.__class__} %s $x { $y } a<b R&D")
    change("questions.toml", '"One"', '"{0.__class__} %s $x <b>"')
    briefing = loaded(pack)
    assert briefing.modules[0].pages[0].plain["en"] == "{0.__class__} %s $x { $y } a<b R&D"
    assert briefing.modules[0].pages[0].html["en"] == "{0.__class__} %s $x { $y } a&lt;b R&amp;D"
    assert briefing.questions[0].options[0]["en"] == "{0.__class__} %s $x <b>"


# The fingerprint


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("briefing.toml", "# version", "# the first version, still the same"),
        ("briefing.toml", "tries = 3\npause_hours = 24", "pause_hours = 24 \n\ntries = 3"),
        ("questions.toml", 'kk = "Бір"\n', 'right = false\nkk = "Бір"\n'),
        ("modules/01.ru.md", "модуль.\n", "модуль.  \r\n\n"),
    ],
)
def test_a_comment_an_order_or_a_space_at_the_end_leaves_the_fingerprint(
    pack: Path, change: Change, file: str, old: str, new: str
) -> None:
    before = loaded(pack).sha256
    change(file, old, new)
    assert loaded(pack).sha256 == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("briefing.toml", "tries = 3", "tries = 4"),
        ("briefing.toml", "minimum_seconds = 3", "minimum_seconds = 4"),
        ("briefing.toml", "Соблюдаю.", "Соблюдаю!"),
        ("briefing.toml", "Один", "Первый"),
        ("questions.toml", "Неше?", "Неше ?"),
        ("questions.toml", "Два.", "Двое."),
        ("questions.toml", "Three", "Tree"),
        ("questions.toml", 'right = true\nkk = "Екі"', 'kk = "Екі"'),
        ("modules/01.kk.md", "Бірінші", "Екінші"),
        ("modules/01.en.md", "**first**", "first"),
    ],
)
def test_any_word_number_or_mark_changes_the_fingerprint(
    pack: Path, change: Change, file: str, old: str, new: str
) -> None:
    before = loaded(pack).sha256
    change(file, old, new)
    if "right" in old:
        change(file, 'kk = "Үш"', 'right = true\nkk = "Үш"')
    after = loaded(pack).sha256
    assert after != before
    assert len(after) == 64


def test_where_a_page_ends_belongs_to_the_fingerprint(pack: Path) -> None:
    in_every_language(pack, "one\n---\ntwo\n\nthree")
    before = loaded(pack).sha256
    in_every_language(pack, "one\n\ntwo\n---\nthree")
    assert loaded(pack).sha256 != before


def test_a_picture_belongs_to_the_fingerprint_by_its_bytes(pack: Path, change: Change) -> None:
    without = loaded(pack).sha256
    change("briefing.toml", "[[modules]]", '[[modules]]\npicture = "01-card.png"')
    picture = pack / FOLDER / "modules" / "01-card.png"
    picture.write_bytes(b"first")
    first = loaded(pack)
    picture.write_bytes(b"second")
    second = loaded(pack)
    assert first.modules[0].picture is not None
    assert first.modules[0].picture.path == picture
    assert len({without, first.sha256, second.sha256}) == 3


def test_the_fingerprint_of_what_people_have_signed_outlives_our_code(pack: Path) -> None:
    signed = "3defaa40c35ef122b7dc024fbe01af1443cc257d038f98608791d1a252e87c7d"
    assert loaded(pack).sha256 == signed


def test_the_fingerprint_is_the_same_wherever_the_pack_lies(pack: Path, tmp_path: Path) -> None:
    write_small_briefing(tmp_path / "elsewhere")
    assert loaded(pack).sha256 == loaded(tmp_path / "elsewhere").sha256


# Faults


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"2026-1"', '"2026-2"', 'briefing.toml:1: version: must be the name of its folder, "2026'),
        ('"2026-1"', '"first"', "briefing.toml:1: version: must be a year and a number in quotes"),
        ("pass_mark = 1", "pass_mark = 2", "briefing.toml:3: pass_mark: must be at most questions"),
        ("pass_mark = 1\n", "", "briefing.toml:1: pass_mark: is missing: write how many answers"),
        ("tries = 3", "tries = 0", "briefing.toml:4: tries: must be how many tries"),
        (
            "pause_hours = 24",
            "pause_hours = 1.5",
            "briefing.toml:5: pause_hours: must be the pause",
        ),
        (
            "validity_months = 12\nnotice_days = 14",
            "validity_months = 1\nnotice_days = 28",
            "briefing.toml:7: notice_days: must be shorter than validity_months",
        ),
        (
            'ru = "Один"',
            'ru = ""',
            "briefing.toml:14: modules[0].title.ru: must be the name in Rus",
        ),
        ('ru = "Соблюдаю."', "", "briefing.toml:11: must be TOML"),
        (
            "[[modules]]",
            '[[modules]]\npicture = "01.png"',
            "briefing.toml:14: modules[0].picture: must be a file in modules/",
        ),
        (
            "[[modules]]",
            '[[modules]]\npicture = "../01.png"',
            "briefing.toml:14: modules[0].picture: must be the name of a file in modules/",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    pack: Path, change: Change, old: str, new: str, told: str
) -> None:
    change("briefing.toml", old, new)
    assert fault_of(pack).startswith(told)


RIGHT = "[0].options: must be three or four different [[questions.options]], exactly one with right"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("right = true\n", "", f"questions.toml:1: questions{RIGHT}"),
        ('kk = "Үш"', 'right = true\nkk = "Үш"', f"questions.toml:1: questions{RIGHT}"),
        ('ru = "Три"', 'ru = "Два"', f"questions.toml:1: questions{RIGHT}"),
        (
            '[[questions.options]]\nkk = "Бір"\nru = "Один"\nen = "One"\n',
            "",
            f"questions.toml:1: questions{RIGHT}",
        ),
        (
            'ru = "Один"',
            f'ru = "{"ш" * 121}"',
            "questions.toml:8: questions[0].options[0].ru: must be the answer in Russian, one line",
        ),
        (
            'en = "Two"\n',
            "",
            "questions.toml:10: questions[0].options[1].en: is missing: write the answer in",
        ),
        (
            'right = true\nkk = "Екі"',
            'right = "yes"\nkk = "Екі"',
            "questions.toml:11: questions[0].options[1].right: must be true for the right answer",
        ),
        (
            'ru = "Два."',
            f'ru = "{"ш" * 241}"',
            "questions.toml:5: questions[0].explanation.ru: must be one line in Russian",
        ),
        (
            "module = 1",
            "module = 2",
            "questions.toml:3: questions[0].module: must be one of the 1 modules of briefing.toml",
        ),
        (
            'code = "first"',
            'code = "First!"',
            "questions.toml:2: questions[0].code: must be a short",
        ),
    ],
)
def test_a_wrong_question_is_named_with_its_line(
    pack: Path, change: Change, old: str, new: str, told: str
) -> None:
    change("questions.toml", old, new)
    faults: list[str] = []
    assert load_briefings(pack, faults) == ()
    assert told in faults[-1]


def test_two_questions_of_one_code_are_a_fault(pack: Path) -> None:
    bank = pack / FOLDER / "questions.toml"
    bank.write_text(bank.read_text("utf-8") * 2, "utf-8")
    assert fault_of(pack) == (
        'questions.toml:20: questions[1].code: must not repeat "first" of questions[0]'
    )


def test_a_bank_smaller_than_the_draw_is_a_fault(pack: Path, change: Change) -> None:
    change("briefing.toml", "questions_drawn = 1", "questions_drawn = 2")
    assert fault_of(pack) == (
        "questions.toml:1: questions: must be at least 2, as many as are drawn"
    )


def test_a_module_nobody_asks_about_is_a_fault(pack: Path) -> None:
    settings = pack / FOLDER / "briefing.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text + text[text.index("[[modules]]") :], "utf-8")
    for language in LANGUAGES:
        (pack / FOLDER / "modules" / f"02.{language}.md").write_text("2", "utf-8")
    assert fault_of(pack) == "questions.toml:1: questions: must ask about module 2 too"


def test_a_module_without_a_text_in_one_language_is_a_fault(pack: Path) -> None:
    (pack / FOLDER / "modules" / "01.ru.md").unlink()
    assert fault_of(pack) == (
        "modules/01.ru.md:1: must be there to be read (No such file or directory)"
    )


def test_a_text_without_a_module_is_a_fault(pack: Path) -> None:
    (pack / FOLDER / "modules" / "1.kk.md").write_text("?", "utf-8")
    assert fault_of(pack) == "modules/1.kk.md:1: must be the text of a module in briefing.toml"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: text: must not be empty"),
        ("ш" * 701, "1: text: must have at most 700 characters, not 701"),
        ("- ш\n" * 11, "1: text: must have at most 10 lines on the screen, not 11"),
        ("one\ntwo\u00a0\nthree", "2: text: must have no tabs, no special spaces"),
        ("one\n\n# two", "3: text: must be paragraphs, **bold** and lists only, without a heading"),
        ("one\n*two*", "2: text: must be paragraphs, **bold** and lists only, without a single *"),
        (
            "1\n---\n2\n# 3",
            "4: text: must be paragraphs, **bold** and lists only, without a heading",
        ),
        ("1\n\n***", "3: text: must be paragraphs, **bold** and lists only, without a ruled line"),
        ("1\n---", "2: text: must have no empty page"),
        ("---\n1", "1: text: must have no empty page"),
        ("1\n---\n\n---\n2", "2: text: must have no empty page"),
        ("1\n---\n" + "ш" * 701, "2: text: must have at most 700 characters on a page, not 701"),
        ("1\n---\n" + "- ш\n" * 11, "2: text: must have at most 10 lines on the screen, not 11"),
    ],
)
def test_a_text_a_small_phone_or_telegram_cannot_show_is_a_fault(
    pack: Path, text: str, told: str
) -> None:
    (pack / FOLDER / "modules" / "01.en.md").write_text(text, "utf-8")
    assert fault_of(pack).startswith(f"modules/01.en.md:{told}")


@pytest.mark.parametrize(
    ("kk", "ru", "fault"),
    [
        ("1\n---\n2", "1\n\n2", "01.ru.md:3: text: must have as many pages as 01.kk.md, 2, not 1"),
        (
            "1",
            "1\n---\n2\n---\n3",
            "01.ru.md:2: text: must have as many pages as 01.kk.md, 1, not 3",
        ),
    ],
)
def test_a_module_with_more_pages_in_one_language_is_a_fault(
    pack: Path, kk: str, ru: str, fault: str
) -> None:
    in_every_language(pack, kk)
    (pack / FOLDER / "modules" / "01.ru.md").write_text(ru, "utf-8")
    assert fault_of(pack) == f"modules/{fault}"


def test_a_text_of_700_characters_on_10_lines_is_none(pack: Path) -> None:
    text = "- ш\n" * 9 + "- " + "ш" * (700 - 9 * len("• ш\n") - len("• "))
    (pack / FOLDER / "modules" / "01.en.md").write_text(text, "utf-8")
    plain = loaded(pack).modules[0].pages[0].plain["en"]
    assert (len(plain), plain.count("\n")) == (700, 9)


def test_all_faults_of_all_files_of_a_version_come_at_once(pack: Path, change: Change) -> None:
    change("briefing.toml", "pass_mark = 1", "pass_mark = 2")
    change("questions.toml", "right = true\n", "")
    faults: list[str] = []
    assert load_briefings(pack, faults) == ()
    assert [fault.rsplit(": must", 1)[0] for fault in faults] == [
        f"{FOLDER}/briefing.toml:3: pass_mark",
        f"{FOLDER}/questions.toml:1: questions[0].options",
    ]


def test_a_pack_without_a_briefing_is_a_fault(tmp_path: Path) -> None:
    assert fault_of(tmp_path) == (
        "briefings:1: must hold a folder for each version of the briefing"
    )
