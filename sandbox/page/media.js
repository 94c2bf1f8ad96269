// What a message carries besides text: photo, document, place, contact, sticker, sound.

import { fileUrl } from "./api.js";
import { avatar, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { openLightbox } from "./dialogs.js";

const KINDS = { pdf: "red", xlsx: "green", csv: "green", zip: "amber", json: "amber", docx: "blue" };
const SIZES = ["B", "KB", "MB", "GB"];

/** Format a number of bytes, "12.3 KB". */
export function fileSize(bytes) {
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), SIZES.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${SIZES[power]}`;
}

const length = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function photo(sizes, message) {
  const largest = sizes.at(-1);
  const shown = sizes.find((size) => size.width >= 480) ?? largest;
  const image = h("img", {
    src: fileUrl(shown.file_id),
    alt: message.caption ?? t("photo"),
    width: shown.width,
    height: shown.height,
    decoding: "async",
  });
  return h(
    "button",
    {
      type: "button",
      class: "photo",
      "aria-label": t("openPhoto"),
      on: { click: () => openLightbox(fileUrl(largest.file_id), message.caption ?? "") },
    },
    image,
  );
}

function documentRow(file) {
  const name = file.file_name ?? "file";
  const extension = name.includes(".") ? name.split(".").at(-1).toLowerCase() : "";
  return h(
    "a",
    {
      class: "document",
      href: fileUrl(file.file_id),
      target: "_blank",
      rel: "noopener",
      "aria-label": t("openFile", { name }),
    },
    h(
      "span",
      { class: `document-icon tone-${KINDS[extension] ?? "blue"}`, "aria-hidden": "true" },
      extension.slice(0, 4) || icon("file"),
    ),
    h(
      "span",
      { class: "document-text" },
      h("span", { class: "document-name" }, name),
      h("span", { class: "document-size" }, fileSize(file.file_size ?? 0)),
    ),
  );
}

function place(point, title, live) {
  const text = `${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`;
  return h(
    "span",
    { class: "place" },
    h(
      "span",
      { class: "place-map", "aria-hidden": "true" },
      h("span", { class: live ? "place-pin is-live" : "place-pin" }, icon(live ? "live" : "pin")),
    ),
    h("span", { class: "place-text" }, h("strong", {}, title), h("span", {}, text)),
  );
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return h(
    "span",
    { class: "contact", "aria-label": `${t("contactCard")}: ${name}` },
    avatar({ ...contact, id: contact.user_id ?? 0 }),
    h("span", { class: "contact-text" }, h("strong", {}, name), h("span", {}, contact.phone_number)),
  );
}

function stickerImage(sticker) {
  const image = h("img", {
    class: "sticker",
    src: fileUrl(sticker.file_id),
    alt: sticker.emoji ?? t("sticker"),
    width: 128,
    height: 128,
  });
  image.addEventListener("error", () =>
    image.replaceWith(h("span", { class: "sticker-emoji" }, sticker.emoji ?? "🙂")),
  );
  return image;
}

// Twenty-eight bars whose heights come from the file's own id: the sandbox's sample has no real waveform.
function waveform(seed) {
  const bars = [...Array(28).keys()].map((i) => {
    const code = (seed.charCodeAt(i % seed.length) + i * i) * 7;
    return h("span", { class: `bar-${(code >> 2) % 5}` });
  });
  return h("span", { class: "waveform", "aria-hidden": "true" }, bars);
}

function sound(file) {
  const audio = new Audio();
  const button = h("button", { type: "button", class: "voice-play", "aria-label": t("play") }, icon("play"));
  const show = () => button.replaceChildren(icon(audio.paused ? "play" : "pause"));
  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, show);
  button.addEventListener("click", () => {
    if (!audio.src) audio.src = fileUrl(file.file_id);
    if (!audio.paused) return audio.pause();
    return audio.play().catch(show);
  });
  return h(
    "span",
    { class: "voice" },
    button,
    h(
      "span",
      { class: "voice-text" },
      waveform(file.file_unique_id ?? file.file_id),
      h("span", { class: "voice-length" }, length(file.duration ?? 0)),
    ),
  );
}

function video(file) {
  return h("video", {
    class: "video",
    src: fileUrl(file.file_id),
    controls: true,
    preload: "metadata",
    width: file.width ?? file.length,
    height: file.height ?? file.length,
  });
}

const BUILDERS = [
  ["photo", photo],
  ["animation", video],
  ["document", documentRow],
  ["venue", (venue) => place(venue.location, venue.title, false)],
  [
    "location",
    (point) => place(point, t(point.live_period ? "liveCard" : "locationCard"), Boolean(point.live_period)),
  ],
  ["contact", contactCard],
  ["sticker", stickerImage],
  ["voice", sound],
  ["audio", sound],
  ["video", video],
  ["video_note", video],
];

/** Build what a message carries: `{kind, node}`, or null when it is text alone. */
export function mediaOf(message) {
  const found = BUILDERS.find(([kind]) => message[kind]);
  return found ? { kind: found[0], node: found[1](message[found[0]], message) } : null;
}
