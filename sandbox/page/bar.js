// The bar above the phones: the region's clock, faults, the log of calls, adding people, the page's language.

import { moveClock } from "./api.js";
import { hourMinuteSecond, moved, now, weekdayDay } from "./clock.js";
import { brandMark, h, icon } from "./dom.js";
import { askPerson } from "./dialogs.js";
import { CallsPanel, FaultsPanel } from "./panels.js";
import { LANGUAGES, currentLanguage, setLanguage, t } from "./i18n.js";

/** The bar; `stage` has `added(id)` for a new person and `languageChanged()`. */
export class Bar {
  constructor(stage) {
    this.faults = new FaultsPanel();
    this.calls = new CallsPanel();
    this.time = h("strong", { data: { clock: "" }, role: "timer", "aria-label": t("clock") });
    this.day = h("span", { class: "clock-day" });
    this.offset = h("button", {
      type: "button",
      class: "offset",
      title: t("reset"),
      hidden: true,
      on: { click: () => this.move({ reset: true }) },
    });
    const step = (label, data, change) =>
      h(
        "button",
        {
          type: "button",
          class: "step",
          title: t("advanceHint"),
          data,
          on: { click: () => this.move(change) },
        },
        label,
      );
    this.clock = h(
      "div",
      { class: "clock" },
      h("div", { class: "clock-face" }, this.time, h("div", { class: "clock-lines" }, this.day, this.offset)),
      h(
        "div",
        { class: "steps", role: "group", "aria-label": t("advanceHint") },
        step(t("plus15"), { advance: 900 }, { advance_s: 900 }),
        step(t("plus60"), { advance: 3600 }, { advance_s: 3600 }),
        step(t("to8"), { to: "08:00" }, { to: "08:00" }),
        step(t("to20"), { to: "20:00" }, { to: "20:00" }),
      ),
    );
    this.problem = h("p", { class: "offline", role: "alert", hidden: true }, t("offline"));
    const languages = h(
      "div",
      { class: "languages", role: "group", "aria-label": t("language") },
      LANGUAGES.map(([code, label]) =>
        h(
          "button",
          {
            type: "button",
            lang: code,
            "aria-pressed": String(code === currentLanguage()),
            on: {
              click: () => {
                setLanguage(code);
                stage.languageChanged();
              },
            },
          },
          label,
        ),
      ),
    );
    const add = h(
      "button",
      { type: "button", class: "add", data: { addPerson: "" }, on: { click: () => askPerson(stage.added) } },
      icon("plus"),
      h("span", {}, t("addPerson")),
    );
    const fold = h(
      "button",
      {
        type: "button",
        class: "fold",
        "aria-expanded": "false",
        "aria-label": t("controls"),
        on: { click: () => this.fold(fold) },
      },
      icon("sliders"),
    );
    this.tools = h("div", { class: "tools" }, this.faults.node, this.calls.node, languages, add);
    this.node = h(
      "header",
      { class: "bar" },
      h(
        "div",
        { class: "brand" },
        brandMark(),
        h("span", { class: "brand-text" }, h("strong", {}, "Kömekshi"), h("span", {}, t("localTelegram"))),
      ),
      fold, // before what it opens, for the keyboard; the style sheet shows it behind the clock
      this.clock,
      this.tools,
      this.problem,
    );
  }

  fold(button) {
    const open = this.node.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
  }

  /** Take the newest state. */
  update(state) {
    this.offset.textContent = moved(state.clock.offset_s);
    this.offset.append(icon("close"));
    this.offset.hidden = moved(state.clock.offset_s) === "";
    this.faults.update(state.faults);
    this.calls.update(state.calls);
    this.tick();
  }

  /** Show the region's present time. */
  tick() {
    this.time.textContent = hourMinuteSecond(now());
    this.day.textContent = weekdayDay(now());
  }

  /** Tell whether the server answers; `problem` is the error of the last poll or null. */
  connection(problem) {
    this.problem.hidden = problem === null;
    this.problem.title = problem?.message ?? "";
  }

  async move(change) {
    this.clock.classList.add("is-moving");
    try {
      await moveClock(change);
    } catch (error) {
      this.connection(error);
    } finally {
      setTimeout(() => this.clock.classList.remove("is-moving"), 600);
    }
  }
}
