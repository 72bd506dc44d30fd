import { formatDuration } from "../durations.ts";
import type { Messages } from "../messages/index.ts";
import type { Announcement } from "../session/index.ts";
import { useDesk } from "./desk.ts";

/** Says changes of state to a screen reader, in a pause of its own. */
export function LiveRegion() {
  const { announcements, messages } = useDesk();
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {getSentence(announcements.value, messages.value)}
    </div>
  );
}

/** One cell is named with its time; a wave of cells is counted by state. */
export function getSentence(announcements: readonly Announcement[], messages: Messages): string {
  const [first] = announcements;
  if (!first) return "";
  if (announcements.length === 1) {
    const time =
      first.state === "done" || first.state === "failed" ? formatDuration(first.ms, messages) : undefined;
    return messages.announce(first.cell, messages.states[first.state], time);
  }
  const counts = new Map<string, number>();
  for (const { state } of announcements) {
    const words = messages.states[state];
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => messages.announceMany(count, words)).join(". ");
}
