// The page's side of the sandbox server: one long poll for the state, small posts for everything people do.
// What the sandbox refuses is thrown as an Error whose message is what it said.

/** Fetch the state; with `after` the server holds the answer until its version is greater, at most 25 s. */
export async function fetchState(after) {
  const query = after === null ? "" : `?after=${after}`;
  const response = await fetch(`/sandbox/state${query}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.json();
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Sandbox": "1" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `${response.status} ${response.statusText}`);
  return answer;
}

/** Do something as a person: `act` is one of the acts of the sandbox (start, text, press, contact ...). */
export const act = (person, name, rest = {}) => post("/sandbox/act", { person, act: name, ...rest });

/** Add a person with a new phone; resolves to `{id}`. */
export const addPerson = (person) => post("/sandbox/people", person);

/** Move the region's clock: `{advance_s}`, `{to: "HH:MM"}` or `{reset: true}`. */
export const moveClock = (change) => post("/sandbox/clock", change);

/** Switch faults of the network and of Telegram on or off; any subset of the state's `faults`. */
export const setFaults = (change) => post("/sandbox/faults", change);

/** Address of a file's bytes. */
export const fileUrl = (fileId) => `/sandbox/file/${encodeURIComponent(fileId)}`;
