// Formatted text: a string and its entities (offsets in UTF-16 units, as JavaScript counts) become DOM nodes.

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { link } from "./links.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const DETECTED =
  /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]|(?<![\p{L}\p{N}_/])\/[a-z][a-z0-9_]{0,31}(?![\p{L}\p{N}_/]))/gu;

/**
 * Turn a text with entities into nodes. `chat` answers taps: `command(text)`, `startLink(payload)`, `copy(text)`;
 * nothing of the text is ever read as markup.
 */
export function richNodes(text, entities, chat) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return range(text, 0, text.length, ordered, chat, true);
}

function range(text, start, end, entities, chat, detect) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length;) {
    const entity = entities[i];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    let next = i + 1;
    while (next < entities.length && entities[next].offset < to) next += 1;
    if (from < to) {
      nodes.push(...leaf(text.slice(at, from), chat, detect));
      const inner = range(text, from, to, entities.slice(i + 1, next), chat, detect && !isLink(entity.type));
      nodes.push(element(entity, text.slice(from, to), inner, chat));
      at = to;
    }
    i = next;
  }
  nodes.push(...leaf(text.slice(at, end), chat, detect));
  return nodes;
}

const isLink = (type) =>
  ["code", "pre", "text_link", "url", "bot_command", "email", "mention", "phone_number"].includes(type);

// Telegram itself finds links and commands in plain text, so the phone does too.
function leaf(text, chat, detect) {
  if (text === "") return [];
  if (!detect) return [text];
  return text
    .split(DETECTED)
    .filter((part) => part !== "")
    .map((part) => {
      if (/^https?:/.test(part)) return link(part, [part], chat);
      if (/^\/[a-z][a-z0-9_]*$/.test(part)) return command(part, chat);
      return part;
    });
}

function command(text, chat) {
  return h("button", { type: "button", class: "in-text", on: { click: () => chat.command(text) } }, text);
}

function spoiler(inner) {
  const reveal = () => node.classList.add("is-shown");
  const node = h(
    "span",
    {
      class: "spoiler",
      role: "button",
      tabindex: 0,
      "aria-label": t("spoiler"),
      on: { click: reveal, keydown: (event) => (event.key === "Enter" || event.key === " ") && reveal() },
    },
    inner,
  );
  return node;
}

function preformatted(entity, text, inner, chat) {
  const title = entity.language ? h("span", { class: "pre-title" }, entity.language) : null;
  return h("pre", { title: t("copy"), on: { dblclick: () => chat.copy(text) } }, title, h("code", {}, inner));
}

function quote(entity, inner) {
  const node = h("blockquote", {}, inner);
  if (entity.type === "expandable_blockquote") {
    node.classList.add("is-folded");
    node.addEventListener("click", () => node.classList.toggle("is-folded"));
  }
  return node;
}

function element(entity, text, inner, chat) {
  switch (entity.type) {
    case "spoiler":
      return spoiler(inner);
    case "pre":
      return preformatted(entity, text, inner, chat);
    case "blockquote":
    case "expandable_blockquote":
      return quote(entity, inner);
    case "text_link":
      return link(entity.url, inner, chat);
    case "url":
      return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, inner, chat);
    case "bot_command":
      return command(text, chat);
    case "email":
      return h("a", { href: `mailto:${text}` }, inner);
    case "phone_number":
      return h("a", { href: `tel:${text.replace(/[^+\d]/g, "")}` }, inner);
    case "mention":
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return h("span", { class: "mention" }, inner);
    default:
      return h(PLAIN[entity.type] ?? "span", {}, inner);
  }
}
