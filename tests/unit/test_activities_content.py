"""What assistants do, as the pack says it: the shipped lists, and how their faults are named."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from bot.content import Content, ContentError, find, load_content
from bot.content.activities import FIELD_TYPES, OWN_CHOICES, FieldName, FieldType

SHIPPED = Path(__file__).parents[2] / "content" / "kostanay"
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(SHIPPED)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "kostanay"))


def faults_after(pack: Path, name: str, old: str, new: str) -> list[str]:
    """Put the first `old` of a file right, as a person would put it wrong, and load the pack."""
    file = pack / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_content(pack)
    return caught.value.faults


def test_the_sixteen_kinds_of_the_field_are_there(content: Content) -> None:
    assert [kind.code for kind in content.activities] == [
        *("patrol", "talk", "leaflet", "fact", "raid", "event", "homevisit", "search"),
        *("minors", "road", "consult", "aid", "livestock", "water", "clean", "train"),
    ]


def test_an_officer_is_needed_in_raids_and_visits_and_in_talks_with_people_on_record(
    content: Content,
) -> None:
    always = {kind.code for kind in content.activities if kind.needs_officer()}
    talk = find(content.activities, "talk")
    assert talk is not None
    needed = {each.code for each in content.audiences if talk.needs_officer(each)}

    assert always == {"raid", "homevisit"}
    assert needed == {"on-record"}


def test_fields_keep_their_order_and_know_which_may_be_empty(content: Content) -> None:
    patrol = find(content.activities, "patrol")
    assert patrol is not None
    assert [(field.name, field.type, field.required) for field in patrol.fields] == [
        ("area", FieldType.TEXT, True),
        ("period", FieldType.PERIOD, True),
        ("partner", FieldType.TEXT, False),
        ("note", FieldType.TEXT, False),
    ]
    assert patrol.field("officer") is None


def test_every_field_has_a_type_and_every_choice_a_list() -> None:
    assert set(FIELD_TYPES) == set(get_args(FieldName))
    choices = {name for name, kind in FIELD_TYPES.items() if kind is FieldType.CHOICE}
    assert choices == {"topic", "audience", "operation", "category", *OWN_CHOICES}


def test_facts_searches_and_rescues_begin_with_the_numbers_to_call(content: Content) -> None:
    first = {kind.code for kind in content.activities if kind.emergency_first}
    assert first == {"fact", "search", "aid", "water"}


def test_articles_stand_only_where_a_source_confirms_their_number(content: Content) -> None:
    articles = {each.code: each.article for each in content.fact_categories if each.article}
    assert set(articles.values()) == {
        *("434", "434-2", "441", "437", "442", "132", "435", "73", "461", "505", "615"),
        *("593, 620", "630", "675"),
    }
    assert {each.article for each in content.fact_categories if each.akimat} == {"434-2", "505"}


def test_no_text_names_an_amount_of_money(content: Content) -> None:
    money = re.compile(r"тенге|теңге|tenge|МРП|АЕК|MRP|₸", re.IGNORECASE)
    texts = [kind.limit[language] for kind in content.activities for language in LANGUAGES]
    texts += [
        situation.text[language]
        for situation in content.handbook.situations
        for language in LANGUAGES
    ]
    assert [text for text in texts if money.search(text)] == []


def test_limits_name_a_law_or_say_they_are_a_rule_of_the_service(content: Content) -> None:
    named = re.compile(r"^(Қызмет қағидасы|Правило службы|Rule of the service|.*№? ?(590|2026))")
    assert [kind.code for kind in content.activities if not named.match(kind.limit["ru"])] == []


def test_the_handbook_has_topics_of_a_screen_and_at_least_forty_situations(
    content: Content,
) -> None:
    handbook = content.handbook
    assert len(handbook.situations) >= 40
    assert 6 <= len(handbook.topics) <= 8
    for topic in handbook.topics:
        assert 5 <= len(handbook.of_topic(topic.code)) <= 10
    assert {situation.answer for situation in handbook.situations} == {"may", "may_not", "call_102"}


def test_a_title_fits_a_button_and_is_not_repeated(content: Content) -> None:
    for language in LANGUAGES:
        titles = [situation.title[language] for situation in content.handbook.situations]
        assert len(titles) == len(set(titles))
        assert [title for title in titles if len(title) > 44] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "activities.toml",
            '"partner?"',
            '"partners?"',
            "kinds[0].fields[2].name: must be one of area, period",
        ),
        ("activities.toml", '"partner?"', '"area"', 'kinds[0].fields[2]: must not repeat "area"'),
        ("activities.toml", '"partner?"', "3", "kinds[0].fields[2]: must be names of fields"),
        ("activities.toml", "🚶", "walk", "kinds[0].emoji: must be one emoji"),
        (
            "activities.toml",
            '\nofficer = "never"',
            '\nofficer = "always"',
            'kinds[0].fields: must have "officer", who is always present',
        ),
        (
            "activities.toml",
            '"officer?"',
            '"found?"',
            'kinds[1].fields: must have "audience" and "officer?"',
        ),
        (
            "activities.toml",
            'officer = "never"',
            'officer = "maybe"',
            'officer: must be "always", "on-record"',
        ),
        ("activities.toml", 'code = "talk"', 'code = "patrol"', 'must not repeat "patrol"'),
        ("activities.toml", 'code = "talk"', 'code = "talk-in-the-street"', "must be a short code"),
        ("topics.toml", 'code = "drugs"', 'code = "fraud"', 'must not repeat "fraud" of topics[0]'),
        ("audiences.toml", "\nofficer = true", '\nofficer = "yes"', "must be true when an officer"),
        ("fact_categories.toml", '"434"', '"434,"', "article: must be article numbers in quotes"),
        ("operations.toml", 'names.ru = "«Быт»"\n', "", "names.ru: is missing"),
        (
            "handbook.toml",
            'topic = "danger"',
            'topic = "nowhere"',
            "situations[0].topic: must be the code of one of the [[topics]]",
        ),
        (
            "handbook.toml",
            'source = "service"',
            'source = "hearsay"',
            "situations[0].source: must be the code of one of the [[sources]]",
        ),
        ("handbook.toml", 'answer = "call_102"', 'answer = "perhaps"', 'must be "may", "may_not"'),
        (
            "handbook.toml",
            "Бірден қоңырау шалыңыз",
            "бір\\nекі\\nүш",
            "situations[0].text.kk: must be the advice in Kazakh: at most 5 lines",
        ),
        (
            "handbook.toml",
            "Бірден қоңырау шалыңыз",
            "ұзақ " * 40,
            "situations[0].text.kk: must be the advice in Kazakh: at most 5 lines",
        ),
    ],
)
def test_a_fault_names_file_line_and_field(
    pack: Path, file: str, old: str, new: str, told: str
) -> None:
    [fault] = faults_after(pack, file, old, new)
    name, line, demand = fault.split(":", 2)
    assert name == file
    assert 1 < int(line) <= (pack / file).read_text(encoding="utf-8").count("\n")
    assert told in demand


def test_a_topic_with_nothing_in_it_is_a_fault(pack: Path) -> None:
    text = '[[topics]]\ncode = "empty"\nnames.kk = "Бос"\nnames.ru = "Пусто"\nnames.en = "Empty"\n'
    [fault] = faults_after(pack, "handbook.toml", "[[topics]]", f"{text}[[topics]]")
    assert "topics[0]: must have at least one of the [[situations]]" in fault
