// One phone: frame, status bar, header of the chat, messages, toasts and alerts, composer or START.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { hourMinute, now } from "./clock.js";
import { Composer } from "./composer.js";
import { avatar, botAvatar, h, icon, iconButton } from "./dom.js";
import { t } from "./i18n.js";
import { mayOpen, startPayload } from "./links.js";
import { openMenu } from "./menu.js";
import { textOf } from "./message.js";
import { Notices } from "./notices.js";

const TYPING_MS = 5500;
const ACTIONS = { typing: "typing" };

/** A person's phone. `stage` has `choose(phone, opener)`, `others(person)`, `openGroup(...)` and `announce(text)`. */
export class Phone {
  constructor(person, bot, stage) {
    this.person = person;
    this.bot = bot;
    this.stage = stage;
    this.seenAnswer = person.callback_answer?.n ?? 0;
    this.act = this.act.bind(this);
    this.chat = new Chat(this.taps(), (text) =>
      stage.announce(t("messageFrom", { name: this.person.first_name, text })),
    );
    this.composer = new Composer(this);
    this.build();
    this.update(person, bot);
  }

  taps() {
    return {
      username: this.bot.username,
      botName: this.bot.first_name,
      command: (text) => this.act("text", { text }),
      startLink: (payload) => this.act("start", payload ? { payload } : {}),
      copy: (text) => this.copy(text),
      write: () => this.composer.input.focus(),
      show: (id) => this.chat.show(id),
      menu: (message, opener) => this.messageMenu(message, opener),
      press: (message, button, row, column) => this.press(message, button, row, column),
    };
  }

  build() {
    this.owner = h("button", {
      type: "button",
      class: "owner",
      title: t("choosePerson"),
      "aria-haspopup": "menu",
      on: { click: () => this.stage.choose(this, this.owner) },
    });
    this.time = h("span", { class: "status-time" });
    this.status = h("span", { class: "header-status" });
    const menu = iconButton("more", t("chatMenu"), {
      "aria-haspopup": "menu",
      on: { click: (event) => this.chatMenu(event.currentTarget) },
    });
    this.start = h(
      "button",
      { type: "button", class: "start", on: { click: () => this.act("start") } },
      t("start"),
    );
    this.unblock = h(
      "button",
      { type: "button", class: "unblock", on: { click: () => this.act("unblock") } },
      t("unblock"),
    );
    this.notices = new Notices(this.bot.first_name);
    this.node = h(
      "section",
      {
        class: "phone",
        data: { person: this.person.id },
        "aria-label": t("phoneOf", { name: this.person.first_name }),
      },
      this.owner,
      h(
        "div",
        { class: "frame" },
        h(
          "div",
          { class: "screen" },
          h(
            "div",
            { class: "status-bar", "aria-hidden": "true" },
            this.time,
            h("span", { class: "island" }),
            h("span", { class: "status-signs" }, h("i", { class: "signal" }), h("i", { class: "battery" })),
          ),
          h(
            "header",
            { class: "chat-header" },
            botAvatar(),
            h("span", { class: "header-text" }, h("strong", {}, this.bot.first_name), this.status),
            menu,
          ),
          this.chat.node,
          this.notices.node,
          this.start,
          this.unblock,
          this.composer.node,
        ),
      ),
    );
  }

  /** Take the newest state of the person and of the bot. */
  update(person, bot) {
    this.person = person;
    this.bot = bot;
    const idle = !person.started && person.messages.length === 0;
    this.start.hidden = !idle || person.blocked;
    this.unblock.hidden = !person.blocked;
    this.composer.node.hidden = idle || person.blocked;
    this.composer.update(person);
    this.chat.update(person, bot);
    this.drawOwner();
    this.drawStatus();
    this.tick();
    const answer = person.callback_answer;
    if (answer && answer.n !== this.seenAnswer) {
      this.seenAnswer = answer.n;
      this.showAnswer(answer);
    }
  }

  drawOwner() {
    const { person } = this;
    const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
    const key = `${name}|${person.note}|${person.language_code}`;
    if (this.ownerKey === key) return;
    this.ownerKey = key;
    this.owner.replaceChildren(
      avatar(person),
      h("span", { class: "owner-text" }, h("strong", {}, name), h("span", {}, person.note || person.phone)),
      h("span", { class: "tongue" }, person.language_code),
      icon("chevron"),
    );
  }

  drawStatus() {
    const { typing, blocked } = this.person;
    clearTimeout(this.typingTimer);
    if (typing) this.typingTimer = setTimeout(() => this.setStatus(t("bot"), false), TYPING_MS);
    if (blocked) this.setStatus(t("blockedStatus"), false);
    else this.setStatus(typing ? t(ACTIONS[typing] ?? "uploading") : t("bot"), Boolean(typing));
  }

  setStatus(text, moving) {
    const key = `${text}|${moving}`;
    if (this.statusKey === key) return;
    this.statusKey = key;
    this.status.classList.toggle("is-typing", moving);
    this.status.replaceChildren(
      text,
      moving ? h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")) : "",
    );
  }

  /** Show the region's present time in the status bar. */
  tick() {
    this.time.textContent = hourMinute(now());
  }

  /** Do something as this person; resolves to whether the sandbox took it. A refusal is shown as a toast. */
  async act(name, rest = {}) {
    try {
      await api.act(this.person.id, name, rest);
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  async press(message, button, row, column) {
    if (button.url) return this.openUrl(button.url);
    if (button.copy_text) return this.copy(button.copy_text.text);
    if (!button.callback_data) return this.toast(t("notPlayed"));
    const id = message.message_id;
    this.chat.wait(id, row, column);
    return this.chat.posted(id, await this.act("press", { message_id: id, row, column }));
  }

  openUrl(url) {
    const payload = startPayload(url, this.bot.username);
    if (payload !== null) return this.act("start", payload ? { payload } : {});
    if (!mayOpen(url)) return this.toast(url);
    return window.open(url, "_blank", "noopener,noreferrer");
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast(t("copied"));
    } catch (error) {
      this.toast(error.message); // the browser does not let this page write there
    }
  }

  messageMenu(message, opener) {
    const text = textOf(message);
    openMenu(opener, t("messageMenu"), [
      { icon: "reply", label: t("reply"), run: () => this.composer.refer("reply", message) },
      ...(message.out && message.text
        ? [{ icon: "edit", label: t("edit"), run: () => this.composer.refer("edit", message) }]
        : []),
      ...(text ? [{ icon: "copy", label: t("copy"), run: () => this.copy(text) }] : []),
      {
        icon: "forward",
        label: t("forward"),
        run: () => this.act("forward", { message_id: message.message_id, from_person: this.person.id }),
      },
    ]);
  }

  chatMenu(opener) {
    const { blocked, phone } = this.person;
    openMenu(opener, t("chatMenu"), [
      { icon: "restart", label: t("restart"), run: () => this.act("start") },
      { icon: "copy", label: t("copyPhone"), hint: phone, run: () => this.copy(phone) },
      null,
      blocked
        ? { icon: "check", label: t("unblock"), run: () => this.act("unblock") }
        : { icon: "block", label: t("block"), danger: true, run: () => this.act("block") },
    ]);
  }

  /** Open the edit of the person's last own text. */
  editLast() {
    const last = this.person.messages.findLast((message) => message.out && message.text);
    if (last) this.composer.refer("edit", last);
  }

  /** The people whose contact this person can send. */
  others() {
    return this.stage.others(this.person);
  }

  /** Open the shared group as this person. */
  openGroup() {
    this.stage.openGroup(this.person, this.taps(), (text) => this.act("group_text", { text }));
  }

  /** The docked part changed its height: keep the end of the chat in view. */
  resized() {
    if (this.chat.atEnd) this.chat.toEnd();
  }

  /** Show a short notice over the chat. */
  toast(text) {
    this.notices.toast(text);
  }

  showAnswer(answer) {
    if (answer.url) this.openUrl(answer.url);
    if (!answer.text) return;
    if (answer.show_alert) this.notices.alert(answer.text);
    else this.toast(answer.text);
  }
}
