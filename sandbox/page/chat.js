// The scrolling list of one chat's messages: redraws only what changed, keeps place and focus.

import { botAvatar, h, iconButton, pace } from "./dom.js";
import { dayMonth, dayNumber } from "./clock.js";
import { t } from "./i18n.js";
import { messageNode, summary } from "./message.js";

const RUN_SECONDS = 300;
const NEAR_END = 72;
const CONTROLS = "button:not(.message-more), a, .spoiler, .rich-table";
const SERVICE = { pinned_message: "📌" };

/** The list of messages of one phone. `chat` answers taps, `announce(text)` speaks to screen readers. */
export class Chat {
  constructor(chat, announce) {
    this.chat = chat;
    this.announce = announce;
    this.drawn = new Map(); // message id -> {key, node}
    this.busy = new Map(); // message id -> {row, column, posting}
    this.list = h("div", {
      class: "messages",
      tabindex: 0,
      role: "region",
      "aria-label": t("messages"),
      on: {
        keydown: (event) => this.walk(event),
        scroll: () => this.scrolled(),
        focusin: (event) => this.openToTab(event.target.closest(".message"), true),
      },
    });
    this.unread = h("span", { class: "unread", hidden: true });
    this.jump = iconButton("down", t("toBottom"), {
      class: "jump",
      hidden: true,
      on: { click: () => this.toEnd(true) },
    });
    this.jump.append(this.unread);
    this.missed = 0;
    this.atEnd = true;
    this.node = h(
      "div",
      { class: "chat" },
      h("div", { class: "wallpaper", "aria-hidden": "true" }),
      this.list,
      this.jump,
    );
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.list);
  }

  /** Mark the pressed button as waiting. */
  wait(messageId, row, column) {
    this.busy.set(messageId, { row, column, posting: true });
    this.draw();
  }

  /** The press has reached the sandbox (or was refused); from now on the state tells whether it still waits. */
  posted(messageId, accepted) {
    const waiting = this.busy.get(messageId);
    if (!waiting) return;
    waiting.posting = false;
    if (!accepted) this.busy.delete(messageId);
    this.draw();
  }

  /** Take the person's newest state and redraw. */
  update(person, bot) {
    const known = this.person !== undefined;
    const last = known ? (this.person.messages.at(-1)?.message_id ?? 0) : Infinity;
    this.person = person;
    this.bot = bot;
    for (const [id, waiting] of this.busy)
      if (!waiting.posting && !person.pending.includes(id)) this.busy.delete(id);
    const fresh = person.messages.filter((message) => message.message_id > last);
    const own = fresh.some((message) => message.out);
    const stick = this.atEnd || own;
    this.draw();
    const incoming = fresh.filter((message) => !message.out);
    for (const message of incoming) this.announce(summary(message));
    if (stick) this.toEnd();
    else this.missed += incoming.length;
    this.scrolled();
  }

  draw() {
    const { person } = this;
    const focused = this.focusedButton();
    const wanted = this.welcome();
    let day = null;
    person.messages.forEach((message, i) => {
      const today = dayNumber(message.date * 1000);
      if (today !== day) wanted.push(this.separator(dayMonth(message.date * 1000), today));
      day = today;
      wanted.push(
        this.messageFor(message, this.placeOf(message, person.messages[i - 1], person.messages[i + 1])),
      );
    });
    const ids = new Set(person.messages.map((message) => message.message_id));
    for (const id of this.drawn.keys()) if (typeof id === "number" && !ids.has(id)) this.drawn.delete(id);
    this.arrange(wanted);
    this.restoreFocus(focused);
    this.limitTab();
  }

  // Tab goes through the newest keyboard and what follows it; older messages are reached with the arrows.
  limitTab() {
    const messages = [...this.list.querySelectorAll(".message")];
    const newest = messages.findLastIndex((node) => node.classList.contains("has-keyboard"));
    messages.forEach((node, i) =>
      this.openToTab(node, (newest !== -1 && i >= newest) || node.contains(document.activeElement)),
    );
  }

  openToTab(message, open) {
    for (const control of message?.querySelectorAll(CONTROLS) ?? []) control.tabIndex = open ? 0 : -1;
  }

  // Put the wanted nodes in order, moving none that already stands right: a moved node would lose focus.
  arrange(wanted) {
    const keep = new Set(wanted);
    for (const node of [...this.list.children]) if (!keep.has(node)) node.remove();
    wanted.forEach((node, i) => {
      if (this.list.children[i] !== node) this.list.insertBefore(node, this.list.children[i] ?? null);
    });
  }

  welcome() {
    const { person, bot } = this;
    if (person.messages.length > 0) return [];
    if (person.started) return [this.cached("empty", "", () => h("p", { class: "pill" }, t("noMessages")))];
    const text = bot.description?.[person.language_code] || bot.description?.[""] || t("pressStart");
    return [
      this.cached("welcome", text, () =>
        h("section", { class: "welcome" }, botAvatar(), h("h3", {}, t("whatCanBot")), h("p", {}, text)),
      ),
    ];
  }

  separator(text, day) {
    return this.cached(`day-${day}`, text, () => h("p", { class: "pill" }, h("span", {}, text)));
  }

  placeOf(message, before, after) {
    const joined = (a, b) => a && b && a.out === b.out && Math.abs(a.date - b.date) < RUN_SECONDS;
    return { first: !joined(before, message), last: !joined(message, after) };
  }

  messageFor(message, place) {
    const id = message.message_id;
    const service = Object.keys(SERVICE).find((kind) => message[kind]);
    if (service)
      return this.cached(id, service, () =>
        h("p", { class: "pill" }, `${SERVICE[service]} ${summary(message[service])}`),
      );
    const busy = this.busy.get(id) ?? null;
    const waits = busy ?? (this.person.pending.includes(id) ? {} : null);
    const key = JSON.stringify([message, place, waits]);
    return this.cached(id, key, () => messageNode(message, place, waits, this.chat));
  }

  cached(id, key, build) {
    const old = this.drawn.get(id);
    if (old?.key === key) return old.node;
    const node = build();
    if (old === undefined && this.list.childElementCount > 0) node.classList.add("is-new");
    this.drawn.set(id, { key, node });
    return node;
  }

  focusedButton() {
    const focus = document.activeElement;
    const message = this.list.contains(focus) ? focus.closest(".message") : null;
    if (!message) return null;
    return { id: message.dataset.id, row: focus.dataset.row, column: focus.dataset.column, node: focus };
  }

  restoreFocus(focused) {
    if (focused === null || focused.node.isConnected) return;
    const message = this.list.querySelector(`.message[data-id="${CSS.escape(focused.id)}"]`);
    const buttons = message ? [...message.querySelectorAll("button.inline")] : [];
    const same = buttons.find(
      (one) => one.dataset.row === focused.row && one.dataset.column === focused.column,
    );
    (same ?? buttons[0] ?? message ?? this.list).focus({ preventScroll: true });
  }

  /** Bring a message into view and make it blink once. */
  show(messageId) {
    const node = this.drawn.get(messageId)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: pace() });
    node.classList.remove("is-found");
    requestAnimationFrame(() => node.classList.add("is-found"));
  }

  /** Scroll to the newest message. */
  toEnd(smooth = false) {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? pace() : "instant" });
    this.missed = 0;
  }

  scrolled() {
    this.atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END;
    if (this.atEnd) this.missed = 0;
    this.jump.hidden = this.atEnd;
    this.unread.hidden = this.missed === 0;
    this.unread.textContent = String(this.missed);
  }

  walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const messages = [...this.list.querySelectorAll(".message")];
    const current = document.activeElement?.closest(".message");
    if (step && messages.length > 0) {
      event.preventDefault();
      const at = messages.indexOf(current);
      messages[
        at === -1 ? messages.length - 1 : Math.min(Math.max(at + step, 0), messages.length - 1)
      ].focus();
    } else if (event.key === "Escape") {
      this.chat.write();
    } else if (event.key === "Enter" && current === document.activeElement && current) {
      event.preventDefault();
      current.querySelector(".message-more").click();
    }
  }
}
