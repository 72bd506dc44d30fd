/**
 * Every message between a notebook's page (or the terminal) and its kernel. Plain data, structured-cloneable.
 * A request carries an `id` and gets exactly one reply with it, failures included.
 */
import type { Output, PlainError } from "./display/output.ts";
import type { Text } from "./localized.ts";
import type { CellId, CellProgram } from "./program.ts";

export type CellState =
  "idle" | "queued" | "running" | "streaming" | "done" | "stale" | "failed" | "interrupted";

/** "cpu" is TensorFlow.js in plain JavaScript: slow, and there for what the others lack. */
export type BackendName = "wasm" | "webgl" | "webgpu" | "cpu";

/** What the page asks of a kernel. */
export type ToKernel =
  /** The whole notebook in document order. Cells whose program is unchanged keep their values; removed ones are dropped. */
  | { readonly type: "define"; readonly cells: readonly CellProgram[] }
  /** Attach these cells and compute them and what they read. A `click` cell runs once for each time it is named here. */
  | { readonly type: "run"; readonly cells: readonly CellId[] }
  /** A control's new value. */
  | { readonly type: "input"; readonly inputId: string; readonly value: unknown }
  /** Abort every run that is under way. Answered by `reply` once all have stopped. */
  | { readonly type: "interrupt"; readonly id: number }
  /** The value of a cell as plain JSON (typed arrays as arrays, tensors as {shape, dtype, data}). */
  | { readonly type: "value"; readonly id: number; readonly cell: CellId }
  /**
   * Gives a notebook's name a value from outside: its control is set to it, or, without a control, readers see it
   * instead of what the cell computed. `gongbu run --set name=value`.
   */
  | { readonly type: "set"; readonly name: string; readonly value: unknown }
  /** Answered at once; the page measures how long. */
  | { readonly type: "ping"; readonly id: number }
  /** Train a small model and say how fast (`MeasuredTraining`). For a kernel that is started for nothing else. */
  | { readonly type: "measure"; readonly id: number }
  /** The answer to a kernel's `request`. */
  | { readonly type: "reply"; readonly id: number; readonly result: Result };

/** What a kernel tells the page. */
export type FromKernel =
  | { readonly type: "ready" }
  /** TensorFlow.js is loaded, on this backend. Sent again when tensors were counted anew. */
  | {
      readonly type: "backend";
      readonly name: BackendName;
      /** Whether the kernels of kernels/simd compute. */
      readonly simd: boolean;
      /** Whether they multiply and add in one instruction. */
      readonly fma: boolean;
      readonly threads: number;
      readonly note?: Text;
    }
  | { readonly type: "memory"; readonly tensors: number; readonly bytes: number }
  /** All that changed since the last message: a few at once after a rest, two a frame in the long run. */
  | {
      readonly type: "cells";
      readonly updates: readonly CellUpdate[];
      /** No cell is waiting or computing: nothing more follows from what was asked, and all of it can be drawn at once. */
      readonly atRest: boolean;
    }
  /** The kernel wants bytes: a bundle of its own, a file of the course, a model from the hub. */
  | { readonly type: "request"; readonly id: number; readonly what: KernelRequest }
  | { readonly type: "reply"; readonly id: number; readonly result: Result };

export interface MeasuredTraining {
  readonly backend: BackendName;
  /** Milliseconds of a training step. */
  readonly ms: number;
}

export type Result =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: PlainError };

/** What changed of one cell. Fields that are absent are as they were. */
export interface CellUpdate {
  readonly cell: CellId;
  /** Counts the runs of the cell in this kernel; outputs of an older run are replaced as the new ones come. */
  readonly run: number;
  readonly state?: CellState;
  /** Milliseconds of computing in this run so far, waiting not counted. */
  readonly ms?: number;
  /** Outputs by slot. A slot keeps its place while its run goes on, so a figure in it is updated in place. */
  readonly outputs?: readonly { readonly slot: number; readonly output: Output }[];
  /** How many slots the run has filled; present when the run has ended or has passed what the earlier run showed: slots from here on are dropped. */
  readonly slots?: number;
  /** Why a queued cell is waiting, for instance the cell whose turn it is. */
  readonly waitingFor?: readonly CellId[];
}

export type KernelRequest =
  /** A bundle of the kernel's own code by its name in the manifest; answered with its bytes (ArrayBuffer). */
  | { readonly kind: "bundle"; readonly name: string }
  /** A wasm file that a bundle needs. Answered with bytes. */
  | { readonly kind: "asset"; readonly name: string }
  /** Keep a trained model, in the place of one of the same name. Answered with its ModelSummary. */
  | { readonly kind: "save-model"; readonly about: ModelAbout; readonly zip: ArrayBuffer }
  /** A kept model: its checkpoint as one zip (ArrayBuffer), or undefined where there is none of the name. */
  | { readonly kind: "load-model"; readonly name: string }
  /** What is kept (ModelSummary[]), the newest first. */
  | { readonly kind: "list-models" }
  /** `fetch` in a cell. Answered with FetchedResponse, or an error that says which hosts may be asked. */
  | {
      readonly kind: "fetch";
      readonly url: string;
      readonly method: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body?: ArrayBuffer;
    };

/** What is said of a model that is kept. */
export interface ModelAbout {
  /** Letters, digits, `-`, `_` and `.`, beginning with a letter or digit; Hangul too. */
  readonly name: string;
  /** `modelType` of its config. */
  readonly modelType: string;
  /** What it reached, as far as the cell said: accuracy, F1, BLEU, … */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface ModelSummary extends ModelAbout {
  /** The lecture in which it was saved; absent for one that the reader brought. */
  readonly lecture?: string;
  /** Of the zip. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface FetchedResponse {
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer;
}
