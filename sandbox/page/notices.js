// What a phone shows over the chat for a moment: toasts and alerts, as Telegram shows answers to pressed buttons.

import { h } from "./dom.js";
import { t } from "./i18n.js";

const TOAST_MS = 2000;
const LETTER_MS = 25; // longer texts stay longer

/** The layer of notices over one chat; `title` heads the alerts. */
export class Notices {
  constructor(title) {
    this.title = title;
    this.node = h("div", { class: "overlay" });
    this.hide = () => {}; // takes away the toast that is shown
  }

  /** Show a short notice; it goes by itself, or at the next press, whose button it may cover. */
  toast(text) {
    this.hide();
    const node = h("p", { class: "toast", role: "status" }, text);
    this.node.append(node);
    const pressed = new AbortController();
    const timer = setTimeout(() => this.hide(), TOAST_MS + text.length * LETTER_MS);
    this.hide = () => {
      node.remove();
      clearTimeout(timer);
      pressed.abort();
    };
    document.addEventListener("click", this.hide, { capture: true, signal: pressed.signal });
  }

  /** Show a notice that waits for OK; focus then returns to where it was. */
  alert(text) {
    const before = document.activeElement;
    const close = () => {
      node.remove();
      if (before?.isConnected) before.focus();
    };
    const keydown = (event) => {
      if (event.key === "Tab") event.preventDefault(); // the alert has one button
      if (event.key === "Escape") close();
    };
    const ok = h("button", { type: "button", class: "alert-ok", on: { click: close } }, t("ok"));
    const box = h("div", { class: "alert-box toast" }, h("strong", {}, this.title), h("p", {}, text), ok);
    const node = h(
      "div",
      { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": text, on: { keydown } },
      box,
    );
    this.node.replaceChildren(node);
    ok.focus();
  }
}
