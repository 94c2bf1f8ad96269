// The shared group of the sandbox: a window with what was said there and a line to write.

import { h, icon } from "./dom.js";
import { modal } from "./dialogs.js";
import { t } from "./i18n.js";
import { messageNode } from "./message.js";

// Only links work here: buttons that answer the bot belong to private chats of this page.
function withLinksOnly(message) {
  const rows = (message.reply_markup?.inline_keyboard ?? [])
    .map((row) => row.filter((button) => button.url))
    .filter((row) => row.length > 0);
  return { ...message, reply_markup: rows.length > 0 ? { inline_keyboard: rows } : undefined };
}

/** The window of the group as one person sees it. `taps` answers taps in messages, `send(text)` resolves to success. */
export class GroupWindow {
  constructor(person, taps, send) {
    this.person = person;
    this.taps = taps;
    this.drawn = "";
    this.list = h("div", {
      class: "messages group-messages",
      tabindex: 0,
      role: "log",
      "aria-label": t("groupTitle"),
    });
    this.input = h("input", {
      "aria-label": t("message"),
      placeholder: t("message"),
      maxlength: 4096,
      autocomplete: "off",
    });
    const submit = async (event) => {
      event.preventDefault();
      const text = this.input.value.trim();
      if (text !== "" && (await send(text))) this.input.value = "";
    };
    const form = h(
      "form",
      { class: "group-line", on: { submit } },
      this.input,
      h("button", { type: "submit", class: "send", "aria-label": t("send"), title: t("send") }, icon("send")),
    );
    this.dialog = modal(
      t("groupTitle"),
      h("div", { class: "group-chat" }, h("div", { class: "wallpaper", "aria-hidden": "true" }), this.list),
      form,
    );
    this.input.focus();
  }

  /** Take the group's newest state; null before anybody wrote there. */
  update(group) {
    const messages = group?.messages ?? [];
    const key = JSON.stringify(messages);
    if (key === this.drawn) return;
    this.drawn = key;
    const place = { first: true, last: true };
    this.list.replaceChildren(
      ...messages.map((message) => {
        const own = message.from?.id === this.person.id;
        const name = message.from?.first_name ?? "";
        return h(
          "div",
          { class: "group-message" },
          own ? null : h("strong", { class: "group-name" }, name),
          messageNode({ ...withLinksOnly(message), out: own }, place, null, this.taps),
        );
      }),
    );
    if (messages.length === 0) this.list.append(h("p", { class: "pill" }, t("noMessages")));
    this.list.scrollTo(0, this.list.scrollHeight);
  }
}
