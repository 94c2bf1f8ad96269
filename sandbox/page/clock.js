// The region's time as the page shows it: ticks between two answers of the server.

import { t } from "./i18n.js";

const region = { epoch: Date.now(), at: performance.now(), shift: 0 };
const SHIFT = /([+-])(\d\d):(\d\d)$/;

/** Take the server's local time, ISO 8601 with the region's shift from UTC. */
export function setClock(now) {
  const [, sign, hours, minutes] = SHIFT.exec(now) ?? ["", "+", "0", "0"];
  region.shift = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  region.epoch = Date.parse(now);
  region.at = performance.now();
}

/** Return the region's present moment, milliseconds since 1970 UTC. */
export const now = () => region.epoch + performance.now() - region.at;

// A date whose UTC fields are the region's wall clock.
const local = (epoch) => new Date(epoch + region.shift);
const two = (number) => String(number).padStart(2, "0");

/** Format a moment (ms) as the region's HH:MM. */
export function hourMinute(epoch) {
  const date = local(epoch);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** Format a moment (ms) as the region's HH:MM:SS. */
export const hourMinuteSecond = (epoch) => `${hourMinute(epoch)}:${two(local(epoch).getUTCSeconds())}`;

/** Number the region's day a moment (ms) falls on. */
export const dayNumber = (epoch) => Math.floor((epoch + region.shift) / 86_400_000);

/** Format a moment's day for a separator in the chat, "22 November". */
export function dayMonth(epoch) {
  const date = local(epoch);
  return t("dayMonth", { day: date.getUTCDate(), month: t("months")[date.getUTCMonth()] });
}

/** Format a moment's weekday and day, "Sunday, 22 November". */
export const weekdayDay = (epoch) => `${t("weekdays")[local(epoch).getUTCDay()]}, ${dayMonth(epoch)}`;

/** Format how far the clock was moved, "+1 d 2 h 15 min"; nothing when it was not. */
export function moved(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return "";
  const parts = [
    [Math.floor(minutes / 1440), t("unitDay")],
    [Math.floor(minutes / 60) % 24, t("unitHour")],
    [minutes % 60, t("unitMinute")],
  ];
  return `+${parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(" ")}`;
}
