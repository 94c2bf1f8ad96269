"""Rich messages: HTML with headings, lists and tables becomes blocks."""

from typing import Any

import pytest

from sandbox import ApiError, Telegram
from sandbox.model import User
from sandbox.rich import rich_message


def blocks(html: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rich_message({"html": html})["blocks"]
    return found


def test_headings_paragraphs_and_rules_become_blocks() -> None:
    assert blocks("<h2>Күн</h2><p>Бүгін <b>3</b> ауысым</p>соңы<hr/><footer>102</footer>") == [
        {"type": "heading", "text": "Күн", "size": 2},
        {
            "type": "paragraph",
            "text": ["Бүгін ", {"type": "bold", "text": "3"}, " ауысым"],
        },
        {"type": "paragraph", "text": "соңы"},
        {"type": "divider"},
        {"type": "footer", "text": "102"},
    ]


def test_a_table_keeps_heads_spans_and_alignment() -> None:
    (table,) = blocks(
        "<table bordered><caption>Т</caption><tr><th colspan=2>Аудан</th></tr>"
        "<tr><td>А</td><td align=right><a href='https://example.org'>3</a></td></tr></table>"
    )

    head, row = table["cells"]
    plain = {"align": "left", "valign": "top"}
    assert (table["caption"], table["is_bordered"]) == ("Т", True)
    assert head == [{"text": "Аудан", "is_header": True, "colspan": 2, **plain}]
    link = {"type": "url", "text": "3", "url": "https://example.org"}
    assert row == [{"text": "А", **plain}, {"text": link, "align": "right", "valign": "top"}]


def test_lists_quotes_code_and_details_hold_what_is_inside() -> None:
    ordered, bullets, quote, code, details = blocks(
        "<ol><li>бір<br>екі</li></ol><ul><li><p>үш</p></li></ul><blockquote>а</blockquote>"
        "<pre> x\n</pre><details open><summary>С</summary>ә</details>"
    )

    assert ordered["items"] == [
        {"label": "1.", "blocks": [{"type": "paragraph", "text": ["бір", "\n", "екі"]}], "value": 1}
    ]
    assert bullets["items"][0]["label"] == "•"
    assert quote["blocks"] == [{"type": "paragraph", "text": "а"}]
    assert code["text"] == " x\n"
    assert (details["summary"], details["is_open"]) == ("С", True)
    assert details["blocks"] == [{"type": "paragraph", "text": "ә"}]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"html": "<video>a</video>"}, 'Unsupported start tag "video"'),
        ({"html": "<p>a</b>"}, 'expected "</p>", found "</b>"'),
        ({"html": "a</b>"}, 'expected "</>", found "</b>"'),
        ({"html": "<p>a"}, 'end tag corresponding to start tag "p"'),
        ({"html": " "}, "message text is empty"),
        ({"html": "<b></b>"}, "message text is empty"),
        ({"html": "a" * 32_769}, "message is too long"),
        ({"markdown": "a"}, "only HTML"),
    ],
)
def test_what_is_broken_empty_or_not_played_is_refused(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(ApiError, match="400 Bad Request") as refusal:
        rich_message(given)

    assert reason in refusal.value.description


async def test_a_rich_message_is_sent_and_edited(tg: Telegram, aigerim: User) -> None:
    content = {"html": "<h1>Күн</h1>", "is_rtl": True}
    sent = await tg.call("sendRichMessage", {"chat_id": aigerim.id, "rich_message": content})
    here = {"chat_id": aigerim.id, "message_id": sent["message_id"]}

    edited = await tg.call("editMessageText", {**here, "rich_message": {"html": "<p>а</p>"}})
    plain = await tg.call("editMessageText", {**here, "text": "б"})

    assert sent["rich_message"]["is_rtl"]
    assert edited["rich_message"] == {"blocks": [{"type": "paragraph", "text": "а"}]}
    assert plain["text"] == "б"
    assert "rich_message" not in plain
