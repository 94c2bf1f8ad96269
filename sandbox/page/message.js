// One message: bubble with tail, time, quote, media, formatted text and its inline keyboard.

import { h, icon, iconButton } from "./dom.js";
import { hourMinute } from "./clock.js";
import { richNodes } from "./entities.js";
import { t } from "./i18n.js";
import { inlineKeyboard } from "./keyboards.js";
import { mediaOf } from "./media.js";
import { richBody } from "./richtext.js";

const FULL_WIDTH = ["photo", "video", "animation", "location", "venue"];
const BARE = ["sticker", "video_note"];
const EMOJI_ONLY = /^(\p{Extended_Pictographic}[\u{FE0F}\u{200D}\u{1F3FB}-\u{1F3FF}]*){1,3}$/u;

/** Return a message's text or caption, "" when it has none. */
export const textOf = (message) => message.text ?? message.caption ?? "";

/** Return the first words of a message for a quote or an announcement. */
export function summary(message) {
  const text = textOf(message).replace(/\s+/g, " ").trim();
  if (text !== "") return text.slice(0, 120);
  if (message.document) return message.document.file_name ?? t("file");
  for (const kind of ["photo", "sticker", "voice", "location"]) if (message[kind]) return t(kind);
  return message.contact ? t("contactCard") : "…";
}

function quoteOf(message, chat) {
  const quoted = message.reply_to_message;
  if (!quoted) return null;
  const name = quoted.from?.is_bot ? chat.botName : (quoted.from?.first_name ?? "");
  return h(
    "button",
    { type: "button", class: "quote", on: { click: () => chat.show(quoted.message_id) } },
    h("strong", {}, name),
    h("span", {}, summary(quoted)),
  );
}

function forwardOf(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? "";
  return h("span", { class: "forwarded" }, t("forwardedFrom", { name }));
}

function meta(message) {
  const moment = message.date * 1000;
  return h(
    "span",
    { class: "meta" },
    message.edited ? h("span", {}, t("edited")) : null,
    h("time", { datetime: new Date(moment).toISOString() }, hourMinute(moment)),
    message.out ? icon("checks") : null,
  );
}

function body(message, chat) {
  if (message.rich_message) return richBody(message.rich_message, chat);
  const text = textOf(message);
  if (text === "") return null;
  return h(
    "div",
    { class: "text", dir: "auto" },
    richNodes(text, message.entities ?? message.caption_entities, chat),
    meta(message),
  );
}

const KNOWN = [
  "message_id",
  "from",
  "chat",
  "date",
  "out",
  "edited",
  "edit_date",
  "reply_markup",
  "reply_to_message",
];

function bubble(message, chat) {
  const media = mediaOf(message);
  const text = body(message, chat);
  const jumbo = media === null && !message.entities && EMOJI_ONLY.test(textOf(message));
  const classes = ["bubble"];
  if (media && FULL_WIDTH.includes(media.kind)) classes.push("has-picture");
  if ((media && BARE.includes(media.kind)) || jumbo) classes.push("is-bare");
  if (jumbo) classes.push("is-jumbo");
  if (media && text === null) classes.push("is-media-only");
  const parts = [forwardOf(message), quoteOf(message, chat), media?.node, text];
  if (message.show_caption_above_media && media) parts.splice(2, 2, text, media.node);
  const known = parts.some((part) => part);
  if (!known) {
    const kind = Object.keys(message).find((key) => !KNOWN.includes(key)) ?? "?";
    parts.push(h("span", { class: "unsupported" }, t("unsupported", { kind })));
  }
  if (text === null || message.rich_message) parts.push(meta(message));
  return h("div", { class: classes.join(" ") }, ...parts);
}

/**
 * Build a message. `place` tells `first` and `last` of a run by one sender; `busy` is the pressed button still waiting.
 * `chat` answers everything that can be tapped in it.
 */
export function messageNode(message, place, busy, chat) {
  const classes = ["message", message.out ? "is-out" : "is-in"];
  if (place.first) classes.push("is-first");
  if (place.last) classes.push("is-last");
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length > 0) classes.push("has-keyboard");
  const more = iconButton("chevron", t("messageMenu"), {
    class: "message-more",
    tabindex: -1,
    on: { click: (event) => chat.menu(message, event.currentTarget) },
  });
  return h(
    "article",
    {
      class: classes.join(" "),
      tabindex: -1,
      data: { id: message.message_id },
      "aria-label": `${message.out ? t("you") : chat.botName}: ${summary(message)}`,
      on: {
        contextmenu: (event) => {
          event.preventDefault();
          chat.menu(message, more);
        },
      },
    },
    h("div", { class: "bubble-line" }, bubble(message, chat), more),
    rows.length > 0
      ? inlineKeyboard(rows, (button, row, column) => chat.press(message, button, row, column), busy)
      : null,
  );
}
