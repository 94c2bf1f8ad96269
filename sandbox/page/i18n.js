// Every text of the page's own chrome, in three languages, and the choice among them.

import { TEXTS } from "./texts.js";

const KEY = "sandbox.language";
let language = "en";

/** Languages in the order of the switch: code and the label on its button. */
export const LANGUAGES = [
  ["kk", "Қаз"],
  ["ru", "Рус"],
  ["en", "Eng"],
];

/** Choose the stored language, else the browser's, else English. */
export function chooseLanguage() {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  language = wanted.find((code) => code in TEXTS) ?? "en";
  document.documentElement.lang = language;
}

/** Switch the page's language and remember it in this browser. */
export function setLanguage(code) {
  localStorage.setItem(KEY, code);
  chooseLanguage();
}

/** Return the code of the language in use. */
export const currentLanguage = () => language;

/** Return a text in the language in use, `{name}` replaced by its value. */
export function t(key, values = {}) {
  const text = TEXTS[language][key];
  if (typeof text !== "string") return text;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
