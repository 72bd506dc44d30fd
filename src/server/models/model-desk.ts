/** One model under its name: its queue, and the place where it is exchanged for a newer one while requests come in. */
import { ServiceError } from "../service-error.ts";
import { BatchQueue, type Work } from "./batch-queue.ts";
import {
  ModelGoneError,
  type Batch,
  type ModelDescription,
  type ModelSource,
  type Prediction,
  type RunContext,
  type ServedModel,
} from "./served-model.ts";

export interface DeskEvents {
  readonly onBatch?: (batch: { readonly texts: number; readonly seconds: number }) => void;
  readonly onLoad?: (load: {
    readonly outcome: "loaded" | "failed";
    readonly seconds: number;
    readonly error?: unknown;
  }) => void;
}

export interface DeskOptions extends DeskEvents {
  readonly maxRows: number;
  readonly maxQueue: number;
  readonly batchWaitMs: number;
}

/** Runs of one loaded model, so that it is closed only after the last of them. */
interface Loaded {
  readonly model: ServedModel;
  readonly version: string;
  runs: number;
  retired: boolean;
}

export class ModelDesk {
  readonly id: string;
  readonly #source: ModelSource;
  readonly #queue: BatchQueue;
  readonly #events: DeskEvents;
  #current: Loaded | undefined;
  /** The version that was tried last, so that a broken one is not tried again and again. */
  #tried: string | undefined;
  #loading: Promise<void> | undefined;
  #closed = false;

  constructor(source: ModelSource, options: DeskOptions) {
    this.id = source.id;
    this.#source = source;
    this.#events = options;
    this.#queue = new BatchQueue({
      maxRows: options.maxRows,
      maxQueue: options.maxQueue,
      waitMs: options.batchWaitMs,
      onBatch: options.onBatch,
      run: (batch, context) => this.#run(batch, context),
    });
  }

  /** Undefined until it has been loaded, and while it is loaded again after a crash. */
  get about(): ModelDescription | undefined {
    return this.#current?.model.about;
  }

  get version(): string | undefined {
    return this.#current?.version;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  submit(work: Work): Promise<readonly Prediction[]> {
    if (!this.#current) throw notReady(this.id);
    return this.#queue.submit(work);
  }

  /**
   * Loads the model where there is none, or a newer one beside the old: only when it is there does it take the old one's
   * place. Fails where there is something new that cannot be loaded; the old one serves on.
   */
  refresh(): Promise<void> {
    this.#loading ??= this.#refresh().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #refresh(): Promise<void> {
    const version = await this.#source.version();
    if (this.#closed || version === this.#tried) return;
    this.#tried = version;
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    try {
      const model = await this.#source.load();
      if (this.#closed) return await model.close();
      const old = this.#current;
      this.#current = { model, version, runs: 0, retired: false };
      if (old) retire(old);
      this.#events.onLoad?.({ outcome: "loaded", seconds: seconds() });
    } catch (error) {
      this.#events.onLoad?.({ outcome: "failed", seconds: seconds(), error });
      throw error;
    }
  }

  /** Resolves when every text that was accepted has its prediction. */
  drained(): Promise<void> {
    return this.#queue.drained();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#loading?.catch(() => undefined);
    const current = this.#current;
    this.#current = undefined;
    await current?.model.close();
  }

  async #run(batch: Batch, context: RunContext): Promise<readonly Prediction[]> {
    const loaded = this.#current;
    if (!loaded) throw notReady(this.id);
    loaded.runs++;
    try {
      return await loaded.model.run(batch, context);
    } catch (error) {
      if (!(error instanceof ModelGoneError)) throw error;
      this.#replace(loaded);
      throw new ServiceError("model-restarted", `"${this.id}" had to be started again. Try again later.`, {
        retryAfter: 5,
        cause: error,
      });
    } finally {
      loaded.runs--;
      if (loaded.retired && loaded.runs === 0) void loaded.model.close();
    }
  }

  /** A model whose thread is gone: another is loaded from the same folder. */
  #replace(gone: Loaded): void {
    if (this.#current !== gone) return;
    this.#current = undefined;
    this.#tried = undefined;
    retire(gone);
    // How it ended is told by onLoad; the next look at the folder tries again.
    this.refresh().catch(() => (this.#tried = undefined));
  }
}

function retire(loaded: Loaded): void {
  loaded.retired = true;
  if (loaded.runs === 0) void loaded.model.close();
}

function notReady(id: string): ServiceError {
  return new ServiceError("not-ready", `"${id}" is being loaded. Try again later.`, { retryAfter: 2 });
}
