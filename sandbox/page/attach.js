// What a person can send besides text, all with one tap from the attach menu.

import { h } from "./dom.js";
import { askContact } from "./dialogs.js";
import { t } from "./i18n.js";
import { openMenu } from "./menu.js";

const KOSTANAY = { latitude: 53.2144, longitude: 63.6246 };
const LIVE_SECONDS = 900;

const base64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });

/** Send a file of this computer as a photo or a document; `act(name, rest)` is the phone's. */
export async function sendFile(act, kind, file) {
  await act(kind, { name: file.name, data: await base64(file) });
}

function chooseFile(act, kind) {
  const input = h("input", { type: "file", accept: kind === "photo" ? "image/*" : null });
  input.addEventListener("change", () => sendFile(act, kind, input.files[0]));
  input.click();
}

/** Open the attach menu at a button. `phone` has `act(name, rest)`, `others()` and `openGroup()`. */
export function openAttachMenu(opener, phone) {
  const { act } = phone;
  openMenu(
    opener,
    t("attach"),
    [
      { icon: "phone", tone: "green", label: t("contact"), run: () => act("contact") },
      { icon: "pin", tone: "red", label: t("location"), run: () => act("location", KOSTANAY) },
      {
        icon: "live",
        tone: "amber",
        label: t("live"),
        run: () => act("location", { ...KOSTANAY, live_period: LIVE_SECONDS }),
      },
      { icon: "photo", tone: "blue", label: t("photo"), run: () => act("photo") },
      { icon: "file", tone: "violet", label: t("file"), run: () => act("document") },
      { icon: "mic", tone: "red", label: t("voice"), run: () => act("voice") },
      { icon: "sticker", tone: "amber", label: t("sticker"), run: () => act("sticker") },
      {
        icon: "person",
        tone: "blue",
        label: t("otherContact"),
        run: () => askContact(phone.others(), (person) => act("contact", { of: person.id })),
      },
      { icon: "people", tone: "green", label: t("group"), run: () => phone.openGroup() },
      null,
      { icon: "photo", label: t("ownPhoto"), run: () => chooseFile(act, "photo") },
      { icon: "file", label: t("ownFile"), run: () => chooseFile(act, "document") },
    ],
    "is-grid",
  );
}
