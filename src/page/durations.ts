import type { Messages } from "./messages/index.ts";

/** A computing time for a person: "40 ms", "1.2 s", "48 s", "2 min 5 s". */
export function formatDuration(ms: number, messages: Messages): string {
  if (ms < 100) return messages.milliseconds(String(Math.max(1, Math.round(ms))));
  const seconds = ms / 1000;
  if (seconds < 9.95) return messages.seconds(seconds.toFixed(1));
  const whole = Math.round(seconds);
  if (whole < 60) return messages.seconds(String(whole));
  return messages.minutesAndSeconds(String(Math.floor(whole / 60)), String(whole % 60));
}
