// Links: those of the bot itself open as /start on the same phone, the rest in a new tab.

import { h } from "./dom.js";

/** Return the payload of a deep link to the bot ("" for a bare link), or null when the link leads elsewhere. */
export function startPayload(url, username) {
  let parsed;
  try {
    parsed = new URL(url);
  } catch (error) {
    if (error instanceof TypeError) return null; // not a URL at all
    throw error;
  }
  if (parsed.protocol === "tg:" && (parsed.host || parsed.pathname.replace(/^\/+/, "")) === "resolve") {
    return parsed.searchParams.get("domain") === username ? (parsed.searchParams.get("start") ?? "") : null;
  }
  if (!["t.me", "telegram.me"].includes(parsed.host)) return null;
  return parsed.pathname.slice(1).toLowerCase() === username.toLowerCase()
    ? (parsed.searchParams.get("start") ?? "")
    : null;
}

/** Tell whether a link may be opened in a new tab: only web, mail and telephone addresses are. */
export const mayOpen = (url) => /^(https?:\/\/|mailto:|tel:)/i.test(url);

/** Build a link; `chat` has `username` and `startLink(payload)`. A link of another scheme stays plain text. */
export function link(url, inner, chat) {
  const payload = startPayload(url, chat.username);
  if (payload !== null) {
    return h(
      "button",
      { type: "button", class: "in-text", title: url, on: { click: () => chat.startLink(payload) } },
      inner,
    );
  }
  if (!mayOpen(url)) return h("span", { class: "mention", title: url }, inner);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, inner);
}
