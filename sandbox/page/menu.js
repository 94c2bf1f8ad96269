// Drop-down menus: opened by a button, walked with arrows, closed by Escape or a press elsewhere.

import { h, icon } from "./dom.js";

let open = null;

/** Close the menu that is open, if any; focus returns to the button that opened it. */
export function closeMenu(refocus = false) {
  if (open === null) return;
  const { node, opener, stop } = open;
  open = null;
  stop.abort();
  node.remove();
  opener.setAttribute("aria-expanded", "false");
  if (refocus) opener.focus();
}

// Below its button, or above when there is no room; inside its own phone where it fits.
function place(node, opener) {
  const anchor = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = node;
  const phone = opener.closest(".frame")?.getBoundingClientRect();
  const rightmost = Math.min(innerWidth, phone?.right ?? Infinity) - width - 12;
  const left = Math.max(8, Math.min(anchor.left, rightmost));
  const below = anchor.bottom + 6 + height < innerHeight;
  node.style.setProperty("left", `${left}px`);
  node.style.setProperty("top", `${below ? anchor.bottom + 6 : Math.max(8, anchor.top - height - 6)}px`);
}

function walk(node, event) {
  const items = [...node.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) items[(at + step + items.length) % items.length]?.focus();
  else if (event.key === "Home") items[0]?.focus();
  else if (event.key === "End") items.at(-1)?.focus();
  else if (event.key === "Escape") closeMenu(true);
  else if (event.key === "Tab") return closeMenu(true);
  else return undefined;
  return event.preventDefault();
}

function itemNode(item) {
  if (item === null) return h("hr");
  const choose = () => {
    closeMenu(true);
    item.run();
  };
  return h(
    "button",
    {
      type: "button",
      class: item.danger ? "menu-item is-danger" : "menu-item",
      tabindex: -1,
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      on: { click: choose },
    },
    item.lead ??
      (item.icon
        ? h("span", { class: `menu-sign ${item.tone ? `tone-${item.tone}` : ""}` }, icon(item.icon))
        : null),
    h("span", { class: "menu-label" }, item.label, item.hint ? h("small", {}, item.hint) : null),
    item.checked ? icon("check") : null,
  );
}

/**
 * Open a menu at a button, or close it when it is that button's.
 * Items: `{label, run, icon?, tone?, hint?, lead?, checked?, danger?}`,
 * null draws a line. `look` is an extra class such as "grid".
 */
export function openMenu(opener, label, items, look = "") {
  const same = open?.opener === opener;
  closeMenu();
  if (same) return;
  const stop = new AbortController();
  const node = h(
    "div",
    {
      class: `menu ${look}`,
      role: "menu",
      "aria-label": label,
      on: { keydown: (event) => walk(node, event) },
    },
    items.map(itemNode),
  );
  document.body.append(node);
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "true");
  open = { node, opener, stop };
  place(node, opener);
  node.querySelector("[aria-checked=true], [role^=menuitem]")?.focus({ preventScroll: true });
  const outside = (event) => {
    if (!node.contains(event.target) && !opener.contains(event.target)) closeMenu();
  };
  addEventListener("pointerdown", outside, { signal: stop.signal, capture: true });
  addEventListener("resize", () => closeMenu(), { signal: stop.signal });
}
