import { batch, effect } from "@preact/signals";
import type { CellId } from "../../notebook/notebook.ts";
import { createAutosave, openEditChannel } from "../../storage/index.ts";
import type { EditRow, OutputsRow, Store } from "../../storage/index.ts";
import { isEnded, showEarlier } from "./cell-model.ts";
import type { CellModel } from "./cell-model.ts";
import type { Clock } from "./clock.ts";
import type { Session } from "./session.ts";

export interface KeepingOptions {
  readonly session: Session;
  readonly store: Store;
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly getDate: () => number;
}

/** The link between a session and what the browser keeps of it. */
export interface Keeping {
  /** Saves what waits, now: the page may be about to go. */
  flush(): void;
  /** Settles a conflict: the reader's version stands, or the other one. */
  settle(id: CellId, keep: "mine" | "theirs"): void;
  /** Stops keeping and frees its listeners. */
  close(): void;
}

/** Brings back what was kept, then keeps what changes. Nothing is run by it. */
export async function keepSession({ session, store, clock, getDate }: KeepingOptions): Promise<Keeping> {
  const { lectureId: lecture } = session;
  /** The last saved version of each cell that this tab knows of. */
  const known = new Map<CellId, EditRow>();
  const saving = new Map<CellId, Promise<void>>();
  const disposers: (() => void)[] = [];

  if (store.refused) session.notify({ kind: "nothing-kept" });
  const [edits, outputs, progress] = await Promise.all([
    store.edits.list(lecture),
    store.outputs.list(lecture),
    store.progress.get(lecture),
  ]);
  const models = new Map<string, CellModel>(session.cells.map((model) => [model.id, model]));
  batch(() => {
    session.joinProgress(progress);
    for (const row of edits) restoreEdit(row);
    for (const row of outputs) restoreOutputs(row);
  });

  const channel = openEditChannel(lecture, hear);
  const autosave = createAutosave({ timers: clock, save: (id) => void saveEdit(id as CellId) });
  const outputsLater = createAutosave({ timers: clock, save: (id) => void saveOutputs(id as CellId) });
  for (const model of session.cells) {
    disposers.push(effect(() => noticeEdit(model, model.source.value)));
    disposers.push(effect(() => noticeEnd(model)));
  }
  disposers.push(
    effect(() => {
      const row = session.progress.value;
      void attempt(async () => session.joinProgress(await store.progress.add(row)));
    }),
  );

  function restoreEdit(row: EditRow): void {
    const model = models.get(row.cell);
    // The course has dropped the cell; the edit stays in the database, in case it comes back.
    if (!model) return;
    known.set(model.id, row);
    if (row.source === row.base || row.source === model.cell.source) return;
    // What was typed while the page loaded is newer than what was kept.
    if (!model.edited.peek()) {
      model.source.value = row.source;
      model.accepted.value = row.source;
    }
    if (row.base !== model.cell.source) model.conflict.value = { with: "course", theirs: model.cell.source };
  }

  function restoreOutputs(row: OutputsRow): void {
    const model = models.get(row.cell);
    if (model && model.run.peek() === 0) showEarlier(model, row);
  }

  function noticeEdit(model: CellModel, source: string): void {
    if (source !== (known.get(model.id)?.source ?? model.cell.source)) autosave.touch(model.id);
  }

  function noticeEnd(model: CellModel): void {
    if (isEnded(model.kernelState.value) && model.run.value > 0) outputsLater.touch(model.id);
  }

  /** Saves one after the other, for each save builds on the revision of the one before. */
  function saveEdit(id: CellId): Promise<void> {
    const next = (saving.get(id) ?? Promise.resolve()).then(() =>
      attempt(() => writeEdit(session.getCell(id))),
    );
    saving.set(id, next);
    return next;
  }

  async function writeEdit(model: CellModel): Promise<void> {
    // While two versions stand, saving would choose for the reader.
    if (model.conflict.peek()?.with === "tab") return;
    const source = model.source.peek();
    const before = known.get(model.id);
    if (source === (before?.source ?? model.cell.source)) return;
    const base = model.conflict.peek() && before ? before.base : model.cell.source;
    const edit = { lecture, cell: model.id, source, base, time: getDate() };
    const result = await store.edits.save(edit, { known: before?.revision ?? 0 });
    if (result.saved) {
      known.set(model.id, result.row);
      channel.announce(result.row);
    } else {
      known.set(model.id, result.theirs);
      model.conflict.value = { with: "tab", theirs: result.theirs.source };
    }
  }

  function hear(row: EditRow): void {
    const model = models.get(row.cell);
    if (!model) return;
    const before = known.get(model.id);
    if (before && row.revision <= before.revision) return;
    const mine = model.source.peek();
    const isUntouched = mine === (before?.source ?? model.cell.source);
    known.set(model.id, row);
    if (row.source === mine) return;
    if (isUntouched) model.source.value = row.source;
    else model.conflict.value = { with: "tab", theirs: row.source };
  }

  async function saveOutputs(id: CellId): Promise<void> {
    const model = session.getCell(id);
    const state = model.kernelState.peek();
    if (state !== "done" && state !== "failed" && state !== "interrupted") return;
    const shown = model.slots.peek().map(({ slot, output }) => ({ slot, output: output.peek() }));
    const row = { lecture, cell: id, outputs: shown, state, ms: model.ms.peek(), time: getDate() };
    await attempt(() => store.outputs.save(row));
  }

  async function attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      session.notify({ kind: "save-failed", reason: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    flush() {
      autosave.flush();
      outputsLater.flush();
    },
    settle(id, keep) {
      const model = session.getCell(id);
      const conflict = model.conflict.peek();
      if (!conflict) return;
      model.conflict.value = undefined;
      if (keep === "theirs") model.source.value = conflict.theirs;
      // The same text on the course's new text is a new edit: it is saved though its source is the old one.
      const before = known.get(id);
      if (keep === "mine" && before && conflict.with === "course") {
        known.set(id, { ...before, source: model.cell.source });
      }
      void saveEdit(id);
    },
    close() {
      disposers.forEach((dispose) => dispose());
      channel.close();
    },
  };
}
