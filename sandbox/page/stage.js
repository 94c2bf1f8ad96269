// The stage: which people's phones are shown, up to four, and the strip to choose among more.

import { avatar, botAvatar, h, icon } from "./dom.js";
import { askPerson } from "./dialogs.js";
import { GroupWindow } from "./group.js";
import { t } from "./i18n.js";
import { openMenu } from "./menu.js";
import { Phone } from "./phone.js";
import { stripTabs } from "./strip.js";

const KEY = "sandbox.shown";
const MOST = 4;
const PHONE_WIDTH = 284;
const GAP = 14;
const ONE_PHONE = 640;

/** How many phones fit side by side in this window. */
function fit() {
  if (innerWidth < ONE_PHONE) return 1;
  return Math.max(1, Math.min(MOST, Math.floor((innerWidth - 2 * GAP + GAP) / (PHONE_WIDTH + GAP))));
}

/** The phones on the screen; `announce(text)` speaks to screen readers. */
export class Stage {
  constructor(announce) {
    this.announce = announce;
    this.phones = new Map(); // person id -> Phone
    this.shown = JSON.parse(localStorage.getItem(KEY) ?? "[]"); // person ids, first is leftmost
    this.awaited = null; // a person just added whom the state does not know yet
    this.unread = new Set();
    this.tails = new Map(); // person id -> id of the newest message seen on a phone
    this.strip = h("nav", { class: "strip", "aria-label": t("people") });
    this.row = h("main", { class: "phones" });
    this.node = h("div", { class: "stage" }, this.strip, this.row);
    this.state = null;
    this.group = null; // the open window of the shared group
    this.added = this.added.bind(this);
  }

  /** Take the newest state of the sandbox. */
  update(state) {
    this.state = state;
    this.arrange();
    this.group?.update(state.group);
  }

  /** Open the window of the shared group as a person; see `GroupWindow`. */
  openGroup(person, taps, send) {
    this.group = new GroupWindow(person, taps, send);
    this.group.update(this.state.group);
    this.group.dialog.addEventListener("close", () => {
      this.group = null;
    });
  }

  /** The window changed its size, or other people were chosen. */
  arrange() {
    if (this.state === null) return;
    const { people, bot } = this.state;
    const ids = people.map((person) => person.id);
    const room = fit();
    if (ids.includes(this.awaited)) {
      this.shown = [...this.shown.slice(0, fit() - 1), this.awaited];
      this.awaited = null;
      this.remember();
    }
    const kept = this.shown.filter((id) => ids.includes(id));
    this.shown = [...kept, ...ids.filter((id) => !kept.includes(id))].slice(0, MOST);
    const visible = this.shown.slice(0, room);
    for (const id of visible)
      this.phoneOf(
        people.find((person) => person.id === id),
        bot,
      );
    this.noteUnread(people, visible);
    this.place(visible, room);
    this.drawStrip(people, visible);
  }

  phoneOf(person, bot) {
    const phone = this.phones.get(person.id);
    if (phone) phone.update(person, bot);
    else this.phones.set(person.id, new Phone(person, bot, this));
  }

  noteUnread(people, visible) {
    for (const person of people) {
      const newest = person.messages.at(-1)?.message_id ?? 0;
      const known = this.tails.get(person.id);
      if (visible.includes(person.id)) this.unread.delete(person.id);
      else if (known !== undefined && newest > known && !person.messages.at(-1).out)
        this.unread.add(person.id);
      this.tails.set(person.id, newest);
    }
  }

  place(visible, room) {
    const wanted = visible.map((id) => this.phones.get(id).node);
    if (wanted.length === 0) wanted.push(this.nobody());
    else if (visible.length < room && visible.length < MOST) wanted.push(this.ghost());
    const same =
      wanted.length === this.row.children.length && wanted.every((node, i) => this.row.children[i] === node);
    if (same) return;
    this.row.replaceChildren(...wanted);
    this.row.dataset.count = String(wanted.length);
    for (const id of visible) this.phones.get(id).chat.toEnd();
  }

  nobody() {
    this.nobodyNode ??= h(
      "section",
      { class: "nobody" },
      botAvatar(),
      h("h2", {}, t("nobodyTitle")),
      h("p", {}, t("nobodyText")),
      h(
        "button",
        { type: "button", class: "primary", on: { click: () => askPerson(this.added) } },
        icon("plus"),
        t("addPerson"),
      ),
    );
    return this.nobodyNode;
  }

  ghost() {
    this.ghostNode ??= h(
      "button",
      { type: "button", class: "ghost", on: { click: () => askPerson(this.added) } },
      icon("plus"),
      h("span", {}, t("addPerson")),
    );
    return this.ghostNode;
  }

  drawStrip(people, visible) {
    this.strip.hidden = people.length <= visible.length;
    const key = JSON.stringify([
      people.map((person) => [person.id, person.first_name, person.last_name]),
      visible,
      [...this.unread],
    ]);
    if (this.strip.hidden || key === this.stripKey) return;
    const focused = this.strip.contains(document.activeElement) ? document.activeElement.dataset.tab : null;
    this.stripKey = key;
    this.strip.replaceChildren(...stripTabs(people, visible, this.unread, (id) => this.bring(id)));
    if (focused) this.strip.querySelector(`[data-tab="${focused}"]`)?.focus();
  }

  /** Put a person's phone on the stage: in the given place, else in the last one. */
  bring(id, place = null) {
    const room = fit();
    if (!this.shown.slice(0, room).includes(id)) {
      const at = place ?? Math.min(room, this.state.people.length) - 1;
      const others = this.shown.filter((one) => one !== id);
      others.splice(at, place === null && others.length < room ? 0 : 1, id);
      this.shown = others;
      this.remember();
    } else if (place !== null) this.swap(id, place);
    this.arrange();
    this.phones.get(id)?.owner.focus({ preventScroll: true });
  }

  swap(id, place) {
    const from = this.shown.indexOf(id);
    [this.shown[from], this.shown[place]] = [this.shown[place], this.shown[from]];
    this.remember();
  }

  /** A person was added: show the new phone as soon as the state knows it. */
  added(id) {
    this.awaited = id;
    this.arrange();
  }

  remember() {
    localStorage.setItem(KEY, JSON.stringify(this.shown));
  }

  /** Ask whose phone stands in this place. */
  choose(phone, opener) {
    const place = this.shown.indexOf(phone.person.id);
    openMenu(
      opener,
      t("choosePerson"),
      this.state.people.map((person) => ({
        label: [person.first_name, person.last_name].filter(Boolean).join(" "),
        hint: person.note || person.phone,
        lead: avatar(person),
        checked: person.id === phone.person.id,
        run: () => this.bring(person.id, place),
      })),
    );
  }

  /** Everybody but this person. */
  others(person) {
    return this.state.people.filter((one) => one.id !== person.id);
  }

  /** Show the region's present time on every phone. */
  tick() {
    for (const phone of this.phones.values()) phone.tick();
  }
}
