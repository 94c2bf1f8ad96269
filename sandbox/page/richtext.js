// Rich messages: blocks (headings, tables, lists ...) become DOM nodes.

import { h } from "./dom.js";
import { link } from "./links.js";

const INLINE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  marked: "mark",
  subscript: "sub",
  superscript: "sup",
};

function inline(text, chat) {
  if (text === null || text === undefined) return [];
  if (typeof text === "string") return [text];
  if (Array.isArray(text)) return text.flatMap((part) => inline(part, chat));
  if (text.type === "url") return [link(text.url, inline(text.text, chat), chat)];
  if (text.type === "bot_command") {
    return [
      h(
        "button",
        { type: "button", class: "in-text", on: { click: () => chat.command(text.bot_command) } },
        inline(text.text, chat),
      ),
    ];
  }
  return [
    h(INLINE[text.type] ?? "span", {}, inline(text.text ?? text.alternative_text ?? text.expression, chat)),
  ];
}

function table(block, chat) {
  const cell = (one) =>
    h(
      one.is_header ? "th" : "td",
      {
        colspan: one.colspan,
        rowspan: one.rowspan,
        class: one.align ? `align-${one.align}` : null,
      },
      inline(one.text, chat),
    );
  return h(
    "div",
    { class: "rich-table", tabindex: 0 },
    h(
      "table",
      { class: block.is_striped ? "is-striped" : null },
      block.caption ? h("caption", {}, inline(block.caption, chat)) : null,
      h(
        "tbody",
        {},
        block.cells.map((row) => h("tr", {}, row.map(cell))),
      ),
    ),
  );
}

function list(block, chat) {
  const item = (one) =>
    h(
      "li",
      {},
      h(
        "span",
        { class: "rich-label" },
        one.has_checkbox ? (one.is_checked ? "☑" : "☐") : (one.label ?? "•"),
      ),
      h("div", {}, blocks(one.blocks, chat)),
    );
  return h("ul", { class: "rich-list" }, block.items.map(item));
}

function node(block, chat) {
  switch (block.type) {
    case "table":
      return table(block, chat);
    case "list":
      return list(block, chat);
    case "divider":
      return h("hr");
    case "heading":
    case "section_heading":
      return h("p", { class: `rich-heading size-${block.size ?? 3}` }, inline(block.text, chat));
    case "pre":
    case "preformatted":
      return h("pre", {}, h("code", {}, inline(block.text, chat)));
    case "blockquote":
    case "block_quotation":
      return h("blockquote", {}, blocks(block.blocks, chat), inline(block.credit, chat));
    case "details":
      return h(
        "details",
        { open: block.is_open },
        h("summary", {}, inline(block.summary, chat)),
        blocks(block.blocks, chat),
      );
    case "footer":
      return h("p", { class: "rich-footer" }, inline(block.text, chat));
    default:
      return h("p", {}, inline(block.text ?? block.expression, chat));
  }
}

const blocks = (all, chat) => (all ?? []).map((block) => node(block, chat));

/** Build the body of a rich message; `chat` answers taps as in `richNodes`. */
export const richBody = (rich, chat) => h("div", { class: "rich" }, blocks(rich.blocks, chat));
