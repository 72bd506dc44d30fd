import type { EditRow } from "./edits.ts";

/** Tells this reader's other tabs about a saved edit, and hears of theirs. */
export interface EditChannel {
  announce(row: EditRow): void;
  close(): void;
}

export function openEditChannel(lecture: string, onEdit: (row: EditRow) => void): EditChannel {
  if (typeof BroadcastChannel === "undefined") {
    // Without it a tab learns of the other's edit at its next save, by the revision.
    return { announce: () => undefined, close: () => undefined };
  }
  const channel = new BroadcastChannel(`gongbu:edits:${lecture}`);
  channel.onmessage = (event: MessageEvent<EditRow>) => onEdit(event.data);
  return {
    announce: (row) => channel.postMessage(row),
    close: () => channel.close(),
  };
}
