"""Telegram's HTML: entities in UTF-16 units, and its own words about broken tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.html import MarkupError, parse_html, utf16_length
from sandbox.markup import message_text

HALF_A_PAIR = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
PIECES = st.sampled_from(
    (
        *("<b>", "</b>", "<i>", "</i>", "<a href='x'>", "</a>", "<pre>", "<code>", "</code>"),
        *("</pre>", "<", ">", "&", "&lt;", "&#128512;", "😀", "ә", " ", "\n", "/go", "=", '"'),
        *("</", "<span "),
    )
)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("дос", "дос", []),
        ("&lt;дос&gt; &amp;&quot; &nbsp;", '<дос> &" &nbsp;', []),
        ("&#1076;&#x43E;с", "дос", []),
        ("<B>дос</B>", "дос", [("bold", 0, 3)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("😀<u>ә</u>", "😀ә", [("underline", 2, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", i, 1) for i in "012"]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>a", "a", []),
        ("<i>a</>", "a", [("italic", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ],
)
def test_markup_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    plain, found = parse_html(source)

    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == [
        (kind, int(offset), length) for kind, offset, length in entities
    ]


def test_a_link_keeps_its_address_with_references_decoded() -> None:
    _, found = parse_html('<a href="https://example.org/?a=1&amp;b=2">осы</a>')

    assert found == [
        {"type": "text_link", "offset": 0, "length": 3, "url": "https://example.org/?a=1&b=2"}
    ]


def test_a_pre_with_code_inside_is_one_entity_with_its_language() -> None:
    _, found = parse_html('<pre><code class="language-python">x</code></pre>')

    assert found == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_code_alone_has_no_language() -> None:
    _, found = parse_html('<code class="language-python">x</code>')

    assert found == [{"type": "code", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("ә<b", "Unclosed start tag at byte offset 2"),
        ("ә<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("1 < 2 and 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b ", "Unclosed start tag at byte offset 0"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        (
            "<b>ә</i>",
            'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"',
        ),
        ("<b =1>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b a=!>a</b>", "Unexpected end of name token at byte offset 5"),
        ("<a href='x>a</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "&#xD800;",
            HALF_A_PAIR,
        ),
    ],
)
def test_a_broken_tag_is_refused_in_telegrams_words(source: str, message: str) -> None:
    with pytest.raises(MarkupError) as refusal:
        parse_html(source)

    assert str(refusal.value) == message


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_any_markup_is_refused_or_its_entities_lie_within_the_text(source: str) -> None:
    try:
        plain, found = parse_html(source)
    except MarkupError:
        return

    assert all(e["offset"] >= 0 < e["length"] <= utf16_length(plain) - e["offset"] for e in found)


@given(st.text(min_size=1).filter(lambda text: text.strip() != ""))
def test_entities_found_in_a_plain_text_cut_it_between_characters(text: str) -> None:
    content = message_text(text, None, None)

    units = content["text"].encode("utf-16-le", "surrogatepass")
    for entity in content.get("entities", []):
        start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
        assert units[start:end].decode("utf-16-le")


def test_spaces_around_are_cut_and_entities_move_with_the_text() -> None:
    content = message_text(" \n <b> дос </b> ", "HTML", None)

    assert content == {"text": "дос", "entities": [{"type": "bold", "offset": 0, "length": 3}]}


def test_commands_links_mentions_and_tags_are_found_but_not_in_code() -> None:
    content = message_text(
        "😀 /go @someone #тег a@example.org https://example.org/x. <code>/no</code>", "HTML", None
    )

    assert [(e["type"], e["offset"], e["length"]) for e in content["entities"]] == [
        ("code", 58, 3),
        ("bot_command", 3, 3),
        ("mention", 7, 8),
        ("hashtag", 16, 4),
        ("email", 21, 13),
        ("url", 35, 21),
    ]
