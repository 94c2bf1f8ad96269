// Two panels that drop from the bar: switches of faults and the log of Bot API calls.

import { setFaults } from "./api.js";
import { hourMinuteSecond } from "./clock.js";
import { h, icon } from "./dom.js";
import { t } from "./i18n.js";

const NEXT_CALLS = 3;
const RETRY_AFTER_S = 5;

// Field of the state's `faults`, texts, and the values that switch it on and off.
const FAULTS = [
  {
    field: "rate_limit",
    label: "rateLimit",
    hint: "rateLimitHint",
    on: { left: NEXT_CALLS, retry_after: RETRY_AFTER_S },
    off: { left: 0, retry_after: RETRY_AFTER_S },
  },
  {
    field: "server_error",
    label: "serverError",
    hint: "serverErrorHint",
    on: { left: NEXT_CALLS },
    off: { left: 0 },
  },
  {
    field: "drop_connection",
    label: "dropConnection",
    hint: "dropConnectionHint",
    on: { left: NEXT_CALLS },
    off: { left: 0 },
  },
  {
    field: "broken_answer",
    label: "brokenAnswer",
    hint: "brokenAnswerHint",
    on: { left: NEXT_CALLS },
    off: { left: 0 },
  },
  { field: "enforce_limits", label: "enforceLimits", hint: "enforceLimitsHint", on: true, off: false },
  { field: "token_withdrawn", label: "tokenWithdrawn", hint: "tokenWithdrawnHint", on: true, off: false },
  { field: "repeat_updates", label: "repeatUpdates", hint: null, on: true, off: false },
  { field: "reorder_updates", label: "reorderUpdates", hint: null, on: true, off: false },
];

class Panel {
  constructor(name, sign, title) {
    this.badge = h("span", { class: "badge", hidden: true });
    this.button = h("summary", { class: "tool" }, icon(sign), h("span", {}, name), this.badge);
    this.sheet = h("div", { class: "panel-sheet", role: "region", "aria-label": title }, h("h2", {}, title));
    this.node = h(
      "details",
      { class: "panel", on: { keydown: (event) => this.key(event) } },
      this.button,
      this.sheet,
    );
    const outside = (event) => {
      if (!this.node.contains(event.target)) this.node.open = false;
    };
    this.node.addEventListener("toggle", () => {
      if (this.node.open) addEventListener("pointerdown", outside);
      else removeEventListener("pointerdown", outside);
    });
  }

  key(event) {
    if (event.key !== "Escape") return;
    this.node.open = false;
    this.button.focus();
  }

  count(number) {
    this.badge.hidden = number === 0;
    this.badge.textContent = String(number);
  }
}

/** Switches of faults; a counted one shows how many calls it will still spoil. */
export class FaultsPanel extends Panel {
  constructor() {
    super(t("faults"), "bolt", t("faultsTitle"));
    this.problem = h("p", { class: "problem", role: "alert" });
    this.rows = FAULTS.map((fault) => this.row(fault));
    const repeat = h(
      "button",
      { type: "button", class: "plain", on: { click: () => this.send({ repeat_last: true }) } },
      icon("restart"),
      t("repeatLast"),
    );
    this.sheet.append(
      h("p", { class: "hint" }, t("faultsHint")),
      ...this.rows.map((row) => row.node),
      repeat,
      this.problem,
    );
  }

  row(fault) {
    const box = h("input", {
      type: "checkbox",
      role: "switch",
      data: { fault: fault.field },
      on: { change: () => this.send({ [fault.field]: box.checked ? fault.on : fault.off }) },
    });
    const hint = h("small", {});
    return {
      fault,
      box,
      hint,
      node: h("label", { class: "switch" }, h("span", {}, t(fault.label), hint), box),
    };
  }

  /** Take the newest state of the faults. */
  update(faults) {
    let active = 0;
    for (const { fault, box, hint } of this.rows) {
      const value = faults[fault.field];
      const left = typeof value === "object" ? value.left : 0;
      box.checked = typeof value === "object" ? left > 0 : value;
      hint.textContent = left > 0 ? t("left", { count: left }) : fault.hint === null ? "" : t(fault.hint);
      active += Number(box.checked);
    }
    this.count(active);
  }

  async send(change) {
    this.problem.textContent = "";
    try {
      await setFaults(change);
    } catch (error) {
      this.problem.textContent = error.message;
    }
  }
}

/** The last calls the bot made, newest first. */
export class CallsPanel extends Panel {
  constructor() {
    super(t("calls"), "list", t("callsTitle"));
    this.list = h("ol", { class: "calls", tabindex: 0 });
    this.sheet.append(this.list);
    this.drawn = null;
  }

  /** Take the newest calls. */
  update(calls) {
    const key = JSON.stringify(calls);
    if (key === this.drawn) return;
    this.drawn = key;
    const rows = calls
      .toReversed()
      .map((call) =>
        h(
          "li",
          { class: call.ok ? "" : "is-refused" },
          h("time", {}, hourMinuteSecond(Date.parse(call.at))),
          h(
            "span",
            {},
            h("b", {}, call.method),
            call.ok ? null : h("small", {}, `${call.error_code} ${call.description}`),
          ),
        ),
      );
    this.list.replaceChildren(...(rows.length > 0 ? rows : [h("li", { class: "hint" }, t("noCalls"))]));
  }
}
