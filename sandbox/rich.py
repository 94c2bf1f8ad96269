"""Rich messages: HTML with headings, lists and tables turned into blocks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from sandbox.errors import bad_request
from sandbox.html import utf16_length
from sandbox.model import Json

RichText = str | Json | list[Any]
RICH_LIMIT = 32_768
STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
}
HEADINGS = {f"h{size}": size for size in range(1, 7)}
TEXT_BLOCKS = {"p": "paragraph", "footer": "footer"}
EMPTY = frozenset({"br", "hr"})
BLOCKS = frozenset(
    {*HEADINGS, *TEXT_BLOCKS, "pre", "blockquote", "ul", "ol", "table", "hr", "details"}
)
PARTS = frozenset({"li", "tr", "td", "th", "thead", "tbody", "caption", "summary", "a", "br"})
KNOWN = frozenset({*STYLES, *BLOCKS, *PARTS})


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["_Node | str"] = field(default_factory=list)

    def nodes(self, *tags: str) -> list["_Node"]:
        return [c for c in self.children if isinstance(c, _Node) and c.tag in tags]


def rich_message(given: Json) -> Json:
    """Return the `RichMessage` that an `InputRichMessage` becomes.

    Raises:
        ApiError: 400, not exactly one source, Markdown, unparsable, empty or too long.
    """
    if given.get("markdown") is not None:
        raise bad_request("the sandbox does not play rich messages in Markdown, only HTML")
    source = given.get("html") or ""
    if not source.strip():
        raise bad_request("message text is empty")
    tree = _Tree()
    tree.feed(source)
    tree.close()
    if len(tree.open) > 1:
        raise bad_request(
            "can't parse entities: "
            f'Can\'t find end tag corresponding to start tag "{tree.open[-1].tag}"'
        )
    blocks = _blocks(tree.open[0])
    if not blocks:
        raise bad_request("message text is empty")
    if utf16_length(tree.text) > RICH_LIMIT:
        raise bad_request("message is too long")
    answer: Json = {"blocks": blocks}
    if given.get("is_rtl"):
        answer["is_rtl"] = True
    return answer


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node("")]
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in KNOWN:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}"')
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        expected = self.open[-1].tag
        if tag != expected:
            raise bad_request(
                "can't parse entities: Unmatched end tag, "
                f'expected "</{expected}>", found "</{tag}>"'
            )
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.open[-1].children.append(data)


def _blocks(parent: _Node) -> list[Json]:
    """Return the blocks inside; text that stands between them becomes paragraphs."""
    blocks: list[Json] = []
    loose = _Node("p")
    for child in [*parent.children, _Node("end")]:
        if isinstance(child, str) or child.tag not in (*BLOCKS, "end"):
            loose.children.append(child)
            continue
        text = _rich_text(loose)
        if text:
            blocks.append({"type": "paragraph", "text": text})
        loose = _Node("p")
        if child.tag != "end":
            blocks.append(_block(child))
    return blocks


def _block(node: _Node) -> Json:
    return MAKERS[node.tag](node)


def _heading(node: _Node) -> Json:
    return {"type": "heading", "text": _rich_text(node), "size": HEADINGS[node.tag]}


def _paragraph(node: _Node) -> Json:
    return {"type": TEXT_BLOCKS[node.tag], "text": _rich_text(node)}


def _preformatted(node: _Node) -> Json:
    return {"type": "pre", "text": _rich_text(node, keep_spaces=True)}


def _quotation(node: _Node) -> Json:
    return {"type": "blockquote", "blocks": _blocks(node)}


def _divider(_: _Node) -> Json:
    return {"type": "divider"}


def _list(node: _Node) -> Json:
    return {"type": "list", "items": _items(node)}


def _details(node: _Node) -> Json:
    summaries = node.nodes("summary")
    node.children = [c for c in node.children if c not in summaries]
    summary = _rich_text(summaries[0]) if summaries else ""
    details: Json = {"type": "details", "summary": summary, "blocks": _blocks(node)}
    if "open" in node.attributes:
        details["is_open"] = True
    return details


def _items(node: _Node) -> list[Json]:
    ordered = node.tag == "ol"
    return [
        {
            "label": f"{number}." if ordered else "\N{BULLET}",
            "blocks": _blocks(item),
            **({"value": number} if ordered else {}),
        }
        for number, item in enumerate(node.nodes("li"), 1)
    ]


def _table(node: _Node) -> Json:
    groups = [node, *node.nodes("thead", "tbody")]
    rows = [row for group in groups for row in group.nodes("tr")]
    table: Json = {
        "type": "table",
        "cells": [[_cell(cell) for cell in row.nodes("td", "th")] for row in rows],
    }
    for caption in node.nodes("caption"):
        table["caption"] = _rich_text(caption)
    for flag in ("bordered", "striped"):
        if flag in node.attributes:
            table[f"is_{flag}"] = True
    return table


def _cell(node: _Node) -> Json:
    cell: Json = {
        "text": _rich_text(node),
        "align": node.attributes.get("align", "left"),
        "valign": node.attributes.get("valign", "top"),
    }
    if node.tag == "th":
        cell["is_header"] = True
    for span in ("colspan", "rowspan"):
        if node.attributes.get(span, "").isdecimal():
            cell[span] = int(node.attributes[span])
    return cell


def _rich_text(node: _Node, *, keep_spaces: bool = False) -> RichText:
    """Return a `RichText`: a string, one styled part, or an array of such."""
    parts: list[RichText] = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "br":
            parts.append("\n")
        else:
            parts.append(_styled(child, keep_spaces=keep_spaces))
    if not keep_spaces:
        parts = _trimmed(parts)
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 else parts


def _styled(node: _Node, *, keep_spaces: bool) -> RichText:
    inner = _rich_text(node, keep_spaces=True)
    if not inner:
        return ""
    if node.tag == "a":
        return {"type": "url", "text": inner, "url": node.attributes.get("href", "")}
    if node.tag in STYLES:
        return {"type": STYLES[node.tag], "text": inner}
    return _rich_text(node, keep_spaces=keep_spaces)


def _trimmed(parts: list[RichText]) -> list[RichText]:
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return [part for part in parts if part != ""]


MAKERS: dict[str, Callable[[_Node], Json]] = {
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(TEXT_BLOCKS, _paragraph),
    "ul": _list,
    "ol": _list,
    "table": _table,
    "hr": _divider,
    "pre": _preformatted,
    "blockquote": _quotation,
    "details": _details,
}
