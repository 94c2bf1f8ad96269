""" "May I?": people pick a situation or ask in their own words."""

import pytest

from bot.content import Situation
from tests.phone import Phone
from tests.town import Town

LANGUAGES = pytest.mark.parametrize("language", ["kk", "ru", "en"])
ANSWERS = {
    "may": {"kk": "БОЛАДЫ", "ru": "МОЖНО", "en": "YOU MAY"},
    "may_not": {"kk": "БОЛМАЙДЫ", "ru": "НЕЛЬЗЯ", "en": "YOU MAY NOT"},
    "call_102": {
        "kk": "ҚОҢЫРАУ ШАЛЫҢЫЗ: 102 НЕМЕСЕ 112",
        "ru": "ЗВОНИТЕ 102 ИЛИ 112",
        "en": "CALL 102 OR 112",
    },
}


def situation(town: Town, code: str) -> Situation:
    case = town.house.content.handbook.situation(code)
    assert case is not None
    return case


def found(phone: Phone) -> str:
    """Return the situation that is answered on the screen."""
    return phone.screen.splitlines()[0]


async def ask(phone: Phone, words: str) -> None:
    await phone.tap("key-handbook")
    await phone.send(words)


@LANGUAGES
async def test_a_picked_situation_shows_answer_text_and_source(town: Town, language: str) -> None:
    assistant = await town.assistant(language=language)
    handbook = town.house.content.handbook
    for code in ("drinking", "papers", "drunk-yard"):
        case = situation(town, code)
        topic = handbook.topic(case.topic)
        assert topic is not None

        await assistant.tap("key-handbook")
        await assistant.press(topic.names[language])
        await assistant.press(case.title[language])

        title, answer, *text, source = (line for line in assistant.screen.split("\n") if line)
        assert title == case.title[language]
        assert answer.partition(" ")[2] == ANSWERS[case.answer][language]
        assert text == case.text[language].split("\n")
        assert source.endswith(handbook.source_of(case).names[language])


async def test_back_leads_from_answer_to_topic_to_topics(town: Town) -> None:
    assistant = await town.assistant()
    await assistant.tap("key-handbook")
    topics = assistant.buttons
    await assistant.press("Сила, задержание, проверка")
    situations = assistant.buttons
    await assistant.press("Проверить документы у человека")

    await assistant.choose("button-back")
    assert assistant.buttons == situations
    await assistant.choose("button-back")
    assert assistant.buttons == topics


@pytest.mark.parametrize(
    ("language", "queries"),
    [
        (
            "kk",
            {
                "Мас адам аулада жатыр": "drunk-yard",
                "кужат тексеруге бола ма": "papers",  # Kazakh letters typed as Russian ones
                "мал урлыгы": "cattle",
            },
        ),
        (
            "ru",
            {
                "ПЬЯНЫЙ НА ПЛОЩАДКЕ": "drunk-yard",
                "пяный на плащадке": "drunk-yard",
                "дакументы": "papers",
                "вэйп, кальян": "smoking",
            },
        ),
        ("en", {"drnuk man at the playgruond": "drunk-yard", "cigarete": "smoking"}),
    ],
)
async def test_words_typed_find_the_situation(
    town: Town, language: str, queries: dict[str, str]
) -> None:
    assistant = await town.assistant(language=language)
    for words, code in queries.items():
        await ask(assistant, words)

        assert found(assistant) == situation(town, code).title[language], words
        assert 1 <= len(assistant.buttons) <= 6
        assert situation(town, code).text[language] in assistant.screen


async def test_what_else_the_words_may_mean_is_one_touch_away(town: Town) -> None:
    assistant = await town.assistant()
    await ask(assistant, "пьяный")
    best, other = found(assistant), assistant.buttons[0]
    assert assistant.says("handbook-found", count=2) in assistant.screen

    await assistant.press(other)

    assert found(assistant) == other != best


async def test_words_typed_at_any_screen_of_the_handbook_search_again(town: Town) -> None:
    assistant = await town.assistant()
    await ask(assistant, "пожар")
    assert found(assistant) == "Пожар или запах газа"

    await assistant.send("человек тонет")

    assert found(assistant) == situation(town, "drowning").title["ru"]


@LANGUAGES
async def test_nothing_found_says_so_and_offers_the_topics(town: Town, language: str) -> None:
    assistant = await town.assistant(language=language)

    await ask(assistant, "жщжщжщ qqqq")

    assert assistant.screen == assistant.says("handbook-nothing")
    topics = [topic.names[language] for topic in town.house.content.handbook.topics]
    assert assistant.buttons == [*topics, assistant.says("button-menu")]


@LANGUAGES
async def test_a_photo_is_refused_in_words_and_the_question_stays_open(
    town: Town, language: str
) -> None:
    assistant = await town.assistant(language=language)
    await assistant.tap("key-handbook")

    await assistant.do("photo")
    assert assistant.says("error-text-wanted") in assistant.screen

    await assistant.send(situation(town, "papers").title[language])
    assert found(assistant) == situation(town, "papers").title[language]


async def test_e1_a_code_that_left_the_pack_opens_the_topics(town: Town) -> None:
    assistant = await town.assistant()
    for data in ("hbcase:no-such", "hbtopic:no-such"):
        await assistant.tap("key-handbook")
        await assistant.press("Улица и двор")

        await assistant.press_data(data)

        assert assistant.toast == assistant.says("error-not-found")
        assert assistant.buttons[0] == town.house.content.handbook.topics[0].names["ru"]


async def test_f11_signs_in_a_search_are_nothing_but_signs(town: Town) -> None:
    assistant = await town.assistant()
    for words in ("<b>драка</b> & 'нож'", "%_ драка {0} $text", "драка " * 680):
        await ask(assistant, words)

        assert found(assistant) == situation(town, "fight").title["ru"]


async def test_the_key_stands_in_the_menu_of_assistants_staff_and_applicants(town: Town) -> None:
    people = [await town.assistant(), await town.applicant(), await town.coordinator()]
    for phone in people:
        assert phone.says("key-handbook") in phone.keys
        await phone.tap("key-handbook")
        assert phone.buttons[0] == town.house.content.handbook.topics[0].names["ru"]


async def test_a_stranger_may_look_too(town: Town) -> None:
    stranger = town.phone()
    await stranger.start()
    await stranger.choose("language-name")

    await stranger.press_data("hbcase:papers")

    assert situation(town, "papers").text["ru"] in stranger.screen


async def test_looking_changes_nothing_in_the_database(town: Town) -> None:
    assistant = await town.assistant()
    before = await town.dump()

    await ask(assistant, "пьяный")
    await assistant.press(assistant.buttons[0])

    assert await town.dump() == before
