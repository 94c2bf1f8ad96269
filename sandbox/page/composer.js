// The line a person types in: commands, reply and edit, attachments, the docked reply keyboard.

import { openAttachMenu, sendFile } from "./attach.js";
import { h, icon, iconButton } from "./dom.js";
import { t } from "./i18n.js";
import { replyKeyboard } from "./keyboards.js";
import { summary, textOf } from "./message.js";

const MAX_HEIGHT = 112;

/** The composer of one phone. `phone` has `act(name, rest)`, `editLast()`, `resized()` and what the attach menu needs. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.reference = null; // {kind: "reply" | "edit", message}
    this.markup = "null";
    this.open = true;
    this.input = h("textarea", {
      class: "composer",
      rows: 1,
      maxlength: 4096,
      "aria-label": t("message"),
      placeholder: t("message"),
      enterkeyhint: "send",
      on: {
        input: () => this.changed(),
        keydown: (event) => this.key(event),
        paste: (event) => this.paste(event),
      },
    });
    this.bar = h("div", { class: "reference", hidden: true });
    this.list = h("div", { class: "commands", role: "listbox", "aria-label": t("commands"), hidden: true });
    this.menu = iconButton("menu", t("commands"), {
      class: "menu-button",
      "aria-expanded": "false",
      on: { click: () => this.toggleCommands() },
    });
    this.toggle = iconButton("keyboard", t("hideKeyboard"), {
      class: "keyboard-toggle",
      on: { click: () => this.toggleKeyboard() },
    });
    this.sendButton = h(
      "button",
      { type: "submit", class: "send", "aria-label": t("send"), title: t("send") },
      icon("send"),
    );
    const attach = iconButton("clip", t("attach"), {
      class: "attach",
      "aria-haspopup": "menu",
      on: { click: (event) => openAttachMenu(event.currentTarget, phone) },
    });
    const form = h(
      "form",
      { class: "composer-line", on: { submit: (event) => this.submit(event) } },
      this.menu,
      h("div", { class: "composer-field" }, this.input, this.toggle, attach),
      this.sendButton,
    );
    this.keys = h("div", { class: "keyboard-dock", hidden: true });
    this.node = h("div", { class: "dock" }, this.list, this.bar, form, this.keys);
    this.drawKeyboard();
    this.changed();
  }

  /** Take the person's newest commands and reply keyboard. */
  update(person) {
    this.commands = person.commands ?? [];
    this.menu.hidden = this.commands.length === 0;
    const markup = JSON.stringify(person.reply_keyboard ?? null);
    if (markup === this.markup) return;
    this.markup = markup;
    const keyboard = person.reply_keyboard;
    this.open = true;
    this.input.placeholder = keyboard?.input_field_placeholder ?? t("message");
    this.keys.replaceChildren(
      ...(keyboard ? [replyKeyboard(keyboard, (button) => this.pressReply(button, keyboard))] : []),
    );
    this.drawKeyboard();
  }

  /** Put back what was being typed. */
  restore(draft) {
    this.input.value = draft;
    this.changed();
  }

  drawKeyboard() {
    const exists = this.markup !== "null";
    this.toggle.hidden = !exists;
    this.keys.hidden = !exists || !this.open;
    const label = t(this.open ? "hideKeyboard" : "showKeyboard");
    this.toggle.setAttribute("aria-label", label);
    this.toggle.title = label;
    this.toggle.setAttribute("aria-expanded", String(exists && this.open));
  }

  toggleKeyboard() {
    this.open = !this.open;
    this.drawKeyboard();
    this.phone.resized();
  }

  pressReply(button, keyboard) {
    if (button.request_contact) this.phone.act("contact");
    else if (button.request_location) this.phone.act("location", { latitude: 53.2144, longitude: 63.6246 });
    else this.phone.act("text", { text: button.text });
    if (keyboard.one_time_keyboard && this.open) this.toggleKeyboard();
  }

  /** Begin a reply to a message, or the edit of an own one. */
  refer(kind, message) {
    this.reference = { kind, message };
    if (kind === "edit") this.input.value = textOf(message);
    this.bar.hidden = false;
    this.bar.replaceChildren(
      icon(kind),
      h(
        "span",
        { class: "reference-text" },
        h("strong", {}, t(kind === "edit" ? "editing" : "replyTo")),
        h("span", {}, summary(message)),
      ),
      iconButton("close", t("cancel"), { on: { click: () => this.dropReference() } }),
    );
    this.changed();
    this.input.focus();
  }

  dropReference() {
    if (this.reference?.kind === "edit") this.input.value = "";
    this.reference = null;
    this.bar.hidden = true;
    this.changed();
    this.input.focus();
  }

  changed() {
    this.grow();
    this.sendButton.disabled = this.input.value.trim() === "";
    const typed = this.reference === null ? /^\/(\w*)$/.exec(this.input.value) : null;
    this.showCommands(typed ? typed[1].toLowerCase() : null);
  }

  // As high as the text, up to a limit; a composer that is not on the screen has no height to measure.
  grow() {
    this.input.style.removeProperty("height");
    const wanted = this.input.scrollHeight;
    if (this.input.value !== "" && wanted > 0)
      this.input.style.setProperty("height", `${Math.min(wanted, MAX_HEIGHT)}px`);
  }

  toggleCommands() {
    this.showCommands(this.list.hidden ? "" : null);
    if (!this.list.hidden) this.list.firstChild?.focus();
  }

  // The commands that begin with what was typed; null hides the list.
  showCommands(beginning) {
    const found =
      beginning === null ? [] : (this.commands ?? []).filter((one) => one.command.startsWith(beginning));
    this.list.hidden = found.length === 0;
    this.menu.setAttribute("aria-expanded", String(found.length > 0));
    this.list.replaceChildren(
      ...found.map((one) =>
        h(
          "button",
          {
            type: "button",
            class: "command",
            role: "option",
            on: { click: () => this.runCommand(one.command), keydown: (event) => this.walkCommands(event) },
          },
          h("b", {}, `/${one.command}`),
          h("span", {}, one.description),
        ),
      ),
    );
  }

  walkCommands(event) {
    const target = { ArrowDown: "nextSibling", ArrowUp: "previousSibling" }[event.key];
    if (target) (event.currentTarget[target] ?? this.input).focus();
    else if (event.key === "Escape") {
      this.showCommands(null);
      this.input.focus();
    } else return;
    event.preventDefault();
  }

  runCommand(command) {
    this.input.value = "";
    this.changed();
    this.input.focus();
    this.phone.act("text", { text: `/${command}` });
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) return this.submit(event);
    if (event.key === "ArrowUp" && !this.list.hidden) {
      event.preventDefault();
      return this.list.lastChild.focus();
    }
    if (event.key === "ArrowUp" && this.input.value === "") {
      event.preventDefault();
      return this.phone.editLast();
    }
    if (event.key === "Escape" && this.reference) return this.dropReference();
    if (event.key === "Escape") return this.showCommands(null);
    return undefined;
  }

  paste(event) {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    sendFile(this.phone.act, file.type.startsWith("image/") ? "photo" : "document", file);
  }

  async submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text === "") return;
    const reference = this.reference;
    this.input.value = "";
    this.reference = null;
    this.bar.hidden = true;
    this.changed();
    let done;
    if (reference?.kind === "edit")
      done = await this.phone.act("edit", { message_id: reference.message.message_id, text });
    else
      done = await this.phone.act(
        "text",
        reference ? { text, reply_to: reference.message.message_id } : { text },
      );
    if (done || this.input.value !== "") return;
    this.input.value = text; // refused: what was typed is not lost
    this.changed();
  }
}
