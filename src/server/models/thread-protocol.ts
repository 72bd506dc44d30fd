/** What a model's thread and the service say to each other. Plain data. */
import type { ServiceErrorCode } from "../service-error.ts";
import type { Batch, Growth, ModelDescription, Prediction } from "./served-model.ts";

export interface ThreadError {
  /** Absent where the thread failed and the client is not to blame. */
  readonly code?: ServiceErrorCode;
  readonly message: string;
}

export type ToThread =
  | { readonly type: "run"; readonly id: number; readonly batch: Batch; readonly tells: boolean }
  | { readonly type: "abort"; readonly id: number };

export type FromThread =
  | { readonly type: "ready"; readonly about: ModelDescription }
  | { readonly type: "unloadable"; readonly error: ThreadError }
  | { readonly type: "growth"; readonly id: number; readonly growth: Growth }
  | { readonly type: "done"; readonly id: number; readonly predictions: readonly Prediction[] }
  | { readonly type: "failed"; readonly id: number; readonly error: ThreadError };
