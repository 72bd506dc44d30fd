/** One run of one cell: its turn, its tensors, its timers, its parts, and how it is stopped. */
import { AbortError } from "./errors.ts";
import type { CellId } from "./program.ts";
import type { TensorOwner } from "./tensors.ts";
import type { TurnHolder } from "./turns.ts";

/** Why a run was stopped: a newer one came, the reader interrupted it, its cell is gone. */
export type StopReason = "superseded" | "interrupted" | "removed";

export interface RunOptions {
  readonly cell: CellId;
  /** Counts the cell's runs. */
  readonly number: number;
  readonly owner: TensorOwner;
  readonly now: () => number;
}

export class Run implements TurnHolder {
  readonly cell: CellId;
  readonly number: number;
  readonly owner: TensorOwner;
  readonly signal: AbortSignal;
  readonly timers = new Set<ReturnType<typeof setTimeout>>();
  /** Resolves when every part has ended, stopped or not. */
  readonly settled: Promise<void>;
  /** Why the run was stopped, if it was. */
  stopped: StopReason | undefined;
  /** Whether one of its parts threw. */
  failed = false;
  readonly #controller = new AbortController();
  readonly #parts = new Map<string, "waiting" | "computing" | "streaming">();
  readonly #now: () => number;
  readonly #settle: () => void;
  #ms = 0;
  #enteredAt: number | undefined;

  constructor({ cell, number, owner, now }: RunOptions) {
    this.cell = cell;
    this.number = number;
    this.owner = owner;
    this.signal = this.#controller.signal;
    this.#now = now;
    let settle: () => void = () => {};
    this.settled = new Promise((resolve) => (settle = resolve));
    this.#settle = settle;
  }

  enter(): void {
    this.#enteredAt = this.#now();
    this.owner.enter();
  }

  leave(): void {
    this.owner.leave();
    this.#ms = this.ms;
    this.#enteredAt = undefined;
  }

  /** Milliseconds of computing so far, the slice that is under way included. */
  get ms(): number {
    return this.#enteredAt === undefined ? this.#ms : this.#ms + this.#now() - this.#enteredAt;
  }

  /** What the run is made of: its body, and each value that is still to come. A run ends when all its parts have. */
  expect(parts: readonly string[]): void {
    for (const part of parts) this.#parts.set(part, "waiting");
  }

  /** A part goes on. */
  mark(part: string, doing: "computing" | "streaming"): void {
    if (this.#parts.has(part)) this.#parts.set(part, doing);
  }

  /** A part has ended. Returns whether it was the last. */
  end(part: string): boolean {
    if (!this.#parts.delete(part) || this.#parts.size > 0) return false;
    this.#settle();
    return true;
  }

  get ended(): boolean {
    return this.#parts.size === 0;
  }

  /** Whether all that goes on is a generator. */
  get streams(): boolean {
    const parts = [...this.#parts.values()];
    return parts.includes("streaming") && parts.every((doing) => doing === "streaming");
  }

  stop(reason: StopReason): void {
    if (this.stopped) return;
    this.stopped = reason;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.#controller.abort(new AbortError(`The run was ${reason}.`));
    // Parts that nobody has begun will not be begun.
    for (const [part, doing] of [...this.#parts]) if (doing === "waiting") this.end(part);
  }

  throwIfStopped(): void {
    if (this.stopped) throw this.signal.reason;
  }
}
