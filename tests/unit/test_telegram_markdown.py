"""Markdown of a content pack as Telegram shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.telegram_markdown import to_telegram
from tests.locale_checks import html_fault


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One\nline.\n\n\nTwo.", "One line.\n\nTwo."),
        ("**Bold** and 2 * 2", "<b>Bold</b> and 2 * 2"),
        ("Do:\n- one\n- **two**\n\nDone.", "Do:\n• one\n• <b>two</b>\n\nDone."),
        ("Do:\n\n- one\n\n- two", "Do:\n• one\n• two"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("- one\n  more\n1. two", "• one more\n1. two"),
        ("One\\\ntwo", "One\ntwo"),
        ("snake_case, _so_ and __so__", "snake_case, _so_ and __so__"),
        ('a < b & c > d "e"', 'a &lt; b &amp; c &gt; d "e"'),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("\\*not bold\\*", "*not bold*"),
        ("", ""),
    ],
)
def test_paragraphs_bold_and_lists_become_html(markdown: str, html: str) -> None:
    text = to_telegram(markdown)
    assert (text.html, text.faults) == (html, ())


def test_plain_text_has_neither_tags_nor_entities() -> None:
    assert to_telegram("**R&D** <5\n- a").plain == "R&D <5\n• a"


@pytest.mark.parametrize(
    ("markdown", "line", "absent"),
    [
        ("# Title", 1, "a heading"),
        ("Title\n---", 1, "a heading"),
        ("a\n\n*b*", 3, "a single *"),
        ("a\n[b](c)", 2, "a link"),
        ("<https://example.org>", 1, "a link"),
        ("![a](b)", 1, "a picture"),
        ("a `b`", 1, "a backtick"),
        ("    a", 1, "four spaces before the text"),
        ("```\na\n```", 1, "a block of code"),
        ("<div>", 1, "an HTML tag"),
        ("a\nb\nc <b>d", 3, "an HTML tag"),
        ("> a", 1, "a quotation"),
        ("a\n\n***", 3, "a ruled line"),
        ("- a\n  - b", 2, "a list inside a list"),
        ("- a\n\n  b", 3, "a second paragraph in an item of a list"),
    ],
)
def test_anything_else_is_a_fault_with_its_line(markdown: str, line: int, absent: str) -> None:
    demand = f"must be paragraphs, **bold** and lists only, without {absent}"
    assert (line, demand) in to_telegram(markdown).faults


@given(st.text(alphabet="ab \n*_-1.<>&`#[]()!\\", max_size=40))
def test_whatever_is_typed_becomes_html_telegram_takes(markdown: str) -> None:
    assert html_fault(to_telegram(markdown).html) == ""
