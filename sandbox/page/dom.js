// Small builders of DOM nodes; text only ever enters the page as text nodes.

/** Build an element. `on` holds listeners, `data` data attributes; null, false and undefined attributes are left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

// Line icons on a 24 x 24 grid.
const LINES = {
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  chevron: "M6 9l6 6 6-6",
  down: "M12 5v14M6 13l6 6 6-6",
  menu: "M4 7h16M4 12h16M4 17h10",
  sliders:
    "M4 8h8M18 8h2M4 16h2M12 16h8M15 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4zM9 13.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7",
  keyboard:
    "M4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  reply: "M10 6L4 12l6 6M4 12h10a6 6 0 0 1 6 6",
  edit: "M4 20l1-4.5L16 4.5a2.1 2.1 0 0 1 3 3L8.5 19z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  forward: "M14 6l6 6-6 6M20 12H10a6 6 0 0 0-6 6",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8 5v14M16 5v14",
  restart: "M4 12a8 8 0 1 1 2.5 5.8M4 19v-5h5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  people:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 5.5",
  pin: "M12 21s7-6 7-11.5a7 7 0 0 0-14 0C5 15 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  live: "M12 12v.01M8.5 8.5a5 5 0 0 0 0 7M15.5 8.5a5 5 0 0 1 0 7M5.5 5.5a9.2 9.2 0 0 0 0 13M18.5 5.5a9.2 9.2 0 0 1 0 13",
  photo:
    "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v11A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5v-11A1.5 1.5 0 0 1 5 5zM8.5 10.5v-.01M4 17l5-4.5 3.5 3 3-3L20 17",
  file: "M6.5 3.5H14l4.5 4.5v12.5h-12zM14 3.5V8h4.5",
  sticker:
    "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5V14l-6 6H6.5A2.5 2.5 0 0 1 4 17.5zM20 14h-3.5a2.5 2.5 0 0 0-2.5 2.5V20M8.5 10v-.01M14.5 9.5v-.01M8.5 13.5c1 1.4 3.5 1.6 4.8.5",
  mic: "M12 3.5a3 3 0 0 0-3 3V12a3 3 0 0 0 6 0V6.5a3 3 0 0 0-3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  list: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v-.01M4.5 12v-.01M4.5 17.5v-.01",
  link: "M8 16l8-8M9.5 8H16v6.5",
  checks: "M1.5 12.8l4.2 4.2 9-10M11.5 16l1 1 9-10",
  check: "M5 12.5l4.5 4.5L19 7.5",
  phone:
    "M6 4h3.5l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5V18a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4 6.2 2 2 0 0 1 6 4z",
};

// Filled shapes on the same grid.
const SHAPES = {
  send: "M3.4 20.4l18-7.7a.8.8 0 0 0 0-1.4l-18-7.7a.8.8 0 0 0-1.1 1L4.7 11l8.3 1-8.3 1-2.4 6.4a.8.8 0 0 0 1.1 1z",
};

/** Build one of the named icons; it is decoration, so screen readers skip it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", name in SHAPES ? "icon-solid" : "icon-line");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name] ?? LINES[name]);
  svg.append(path);
  return svg;
}

/** Build a round button that shows only an icon and is named for screen readers. */
export function iconButton(name, label, props = {}) {
  const { class: extra = "", ...rest } = props;
  return h(
    "button",
    { type: "button", class: `round ${extra}`, "aria-label": label, title: label, ...rest },
    icon(name),
  );
}

/** Build a person's round picture: initials on one of eight colours chosen by the id. */
export function avatar(person) {
  const letters = [person.first_name, person.last_name].map((name) => [...(name ?? "")][0] ?? "").join("");
  return h("span", { class: `avatar hue-${person.id % 8}`, "aria-hidden": "true" }, letters);
}

/** Build the bot's round picture. */
export function botAvatar() {
  return h("span", { class: "avatar avatar-bot", "aria-hidden": "true" }, brandMark());
}

/** How to scroll: smoothly, unless the person asked the system for less motion. */
export const pace = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");

/** Build the product's sign: a speech bubble with a tick in it. */
export function brandMark() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("brand-mark");
  const parts = [
    [
      "brand-bubble",
      "M12 4c4.7 0 8.5 3.1 8.5 7s-3.8 7-8.5 7c-.9 0-1.8-.1-2.6-.3L5 20l.9-3.7C4.4 15 3.5 13.1 3.5 11c0-3.9 3.8-7 8.5-7z",
    ],
    ["brand-tick", "M8.5 11.2l2.5 2.5 4.6-4.8"],
  ];
  for (const [name, d] of parts) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
