// Modal windows over the whole page: adding a person, choosing a contact, looking at a photo.

import { addPerson } from "./api.js";
import { avatar, h, iconButton } from "./dom.js";
import { t } from "./i18n.js";

// Invented people offered one after another, so that Enter alone adds a phone.
const SUGGESTED = [
  ["Дархан", "Сынақ", "kk"],
  ["Ольга", "Пример", "ru"],
  ["Мадина", "Үлгі", "kk"],
  ["Alex", "Sample", "en"],
  ["Ерлан", "Мысал", "kk"],
  ["Сергей", "Образец", "ru"],
];
let suggestion = 0;

function show(node) {
  const opener = document.activeElement;
  node.addEventListener("close", () => {
    node.remove();
    if (opener?.isConnected) opener.focus();
  });
  node.addEventListener("click", (event) => event.target === node && node.close());
  document.body.append(node);
  node.showModal();
}

function frame(title, ...children) {
  const node = h("dialog", { class: "dialog", "aria-label": title });
  node.append(
    h(
      "div",
      { class: "dialog-body" },
      h(
        "header",
        {},
        h("h2", {}, title),
        iconButton("close", t("close"), { on: { click: () => node.close() } }),
      ),
      ...children,
    ),
  );
  return node;
}

const field = (label, input) => h("label", { class: "field" }, h("span", {}, label), input);

function buttons(dialog, label) {
  return h(
    "footer",
    {},
    h("button", { type: "button", class: "plain", on: { click: () => dialog.close() } }, t("cancel")),
    h("button", { type: "submit", class: "primary" }, label),
  );
}

/** Ask for a new person; `added(id)` is called when the sandbox has made the phone. */
export function askPerson(added) {
  const [firstName, lastName, language] = SUGGESTED[suggestion % SUGGESTED.length];
  const first = h("input", {
    name: "first_name",
    value: firstName,
    required: true,
    maxlength: 64,
    autocomplete: "off",
  });
  const last = h("input", { name: "last_name", value: lastName, maxlength: 64, autocomplete: "off" });
  const languages = h(
    "select",
    { name: "language_code" },
    [
      ["kk", "Қазақша"],
      ["ru", "Русский"],
      ["en", "English"],
    ].map(([code, name]) => h("option", { value: code, selected: code === language }, name)),
  );
  const problem = h("p", { class: "problem", role: "alert" });
  const dialog = frame(t("addPerson"));
  const submit = async (event) => {
    event.preventDefault();
    try {
      const person = await addPerson({
        first_name: first.value.trim(),
        last_name: last.value.trim(),
        language_code: languages.value,
      });
      suggestion += 1;
      dialog.close();
      added(person.id);
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  dialog.firstChild.append(
    h(
      "form",
      { on: { submit } },
      h("p", { class: "hint" }, t("addHint")),
      field(t("firstName"), first),
      field(t("lastName"), last),
      field(t("telegramLanguage"), languages),
      problem,
      buttons(dialog, t("add")),
    ),
  );
  show(dialog);
  first.select();
}

/** Let one of the people be chosen; `chosen(person)` is called with the choice. */
export function askContact(people, chosen) {
  const dialog = frame(t("whoseContact"));
  dialog.firstChild.append(
    h(
      "div",
      { class: "choices" },
      people.map((person) =>
        h(
          "button",
          {
            type: "button",
            class: "choice",
            on: {
              click: () => {
                dialog.close();
                chosen(person);
              },
            },
          },
          avatar(person),
          h(
            "span",
            { class: "contact-text" },
            h("strong", {}, `${person.first_name} ${person.last_name ?? ""}`),
            h("span", {}, person.phone),
          ),
        ),
      ),
    ),
  );
  show(dialog);
}

/** Open a modal window with a title; returns the dialog, which removes itself when it is closed. */
export function modal(title, ...children) {
  const dialog = frame(title, ...children);
  show(dialog);
  return dialog;
}

/** Show a photo over the whole page. */
export function openLightbox(url, caption) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": caption || t("photo") });
  dialog.append(
    h("img", { src: url, alt: caption || t("photo") }),
    caption ? h("p", {}, caption) : "",
    iconButton("close", t("close"), { class: "lightbox-close", on: { click: () => dialog.close() } }),
  );
  show(dialog);
}
