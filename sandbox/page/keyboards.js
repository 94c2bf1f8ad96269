// Inline keyboards under messages and the reply keyboard docked below the chat.

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";

const STYLES = ["primary", "success", "danger"];
const styled = (base, button) => (STYLES.includes(button.style) ? `${base} is-${button.style}` : base);

/**
 * Build an inline keyboard; `press(button, row, column)` answers, `busy` is the `{row, column}` still waiting, {} when only
 * the keyboard is known to wait, or null.
 */
export function inlineKeyboard(rows, press, busy) {
  const build = (button, row, column) => {
    const waits = busy !== null && busy.row === row && busy.column === column;
    return h(
      "button",
      {
        type: "button",
        class: styled("inline", button),
        "aria-busy": waits ? "true" : null,
        disabled: button.disabled,
        data: { row, column },
        on: { click: () => press(button, row, column) },
      },
      h("span", { class: "inline-text" }, button.text),
      button.url ? icon("link") : null,
      waits ? h("span", { class: "spinner", "aria-hidden": "true" }) : null,
    );
  };
  return h(
    "div",
    {
      class: "inline-keyboard",
      role: "group",
      "aria-busy": busy !== null && busy.row === undefined ? "true" : null,
    },
    rows.map((row, r) =>
      h(
        "div",
        { class: "inline-row" },
        row.map((button, c) => build(button, r, c)),
      ),
    ),
  );
}

/** Build the reply keyboard; `press(button)` answers. */
export function replyKeyboard(markup, press) {
  const build = (button) => {
    const one = typeof button === "string" ? { text: button } : button;
    const sign = one.request_contact ? "phone" : one.request_location ? "pin" : null;
    return h(
      "button",
      { type: "button", class: styled("reply", one), on: { click: () => press(one) } },
      sign ? icon(sign) : null,
      h("span", {}, one.text),
    );
  };
  const size = markup.keyboard.length > 5 ? "reply-keyboard is-tall" : "reply-keyboard";
  return h(
    "div",
    { class: size, role: "group", "aria-label": t("replyKeyboard") },
    markup.keyboard.map((row) => h("div", { class: "reply-row" }, row.map(build))),
  );
}
