// The strip of people: tabs that choose whose phones are on the stage when not all fit.

import { avatar, h } from "./dom.js";
import { t } from "./i18n.js";

/** Build the strip's tabs anew; `shown` are the ids on the stage, `choose(id)` answers a press. */
export function stripTabs(people, shown, unread, choose) {
  return people.map((person) =>
    h(
      "button",
      {
        type: "button",
        class: "tab",
        "aria-pressed": String(shown.includes(person.id)),
        data: { tab: person.id },
        on: { click: () => choose(person.id) },
      },
      avatar(person),
      h("span", { class: "tab-name" }, person.first_name),
      unread.has(person.id)
        ? h("span", { class: "tab-dot", role: "img", "aria-label": t("messages") })
        : null,
    ),
  );
}
