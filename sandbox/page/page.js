// Entry: asks the sandbox for its state again and again and hands it to the bar and the phones.

import { fetchState } from "./api.js";
import { Bar } from "./bar.js";
import { setClock } from "./clock.js";
import { chooseLanguage } from "./i18n.js";
import { Stage } from "./stage.js";

const PAUSES_MS = [500, 1000, 2000, 4000];
const root = document.getElementById("page");
const live = document.getElementById("live");
const shown = { bar: null, stage: null, state: null };

function announce(text) {
  live.textContent = text;
}

function mount() {
  const drafts = new Map(
    [...(shown.stage?.phones ?? [])].map(([id, phone]) => [id, phone.composer.input.value]),
  );
  shown.stage = new Stage(announce);
  shown.bar = new Bar({ added: shown.stage.added, languageChanged: mount });
  root.replaceChildren(shown.bar.node, shown.stage.node);
  if (shown.state === null) return;
  show(shown.state);
  for (const [id, draft] of drafts) shown.stage.phones.get(id)?.composer.restore(draft);
}

function show(state) {
  shown.state = state;
  setClock(state.clock.now);
  shown.bar.update(state);
  shown.stage.update(state);
  document.title = `${state.bot.first_name} · sandbox`;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The next state; waits out a server that does not answer, however long.
async function nextState(version) {
  for (let failures = 0; ; failures += 1) {
    try {
      const state = await fetchState(failures === 0 ? version : null); // a restarted sandbox counts its versions anew
      shown.bar.connection(null);
      return state;
    } catch (error) {
      shown.bar.connection(error);
      await pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
    }
  }
}

async function follow() {
  for (let version = null; ;) {
    const state = await nextState(version);
    if (state.version !== version) show(state);
    version = state.version;
  }
}

function tick() {
  shown.bar.tick();
  shown.stage.tick();
}

chooseLanguage();
mount();
setInterval(tick, 1000);
addEventListener("resize", () => shown.stage.arrange());
follow();
