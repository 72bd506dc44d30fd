/** Texts of many requests, put together into batches for one model. */
import { ServiceError } from "../service-error.ts";
import type { Batch, Growth, Prediction, RunContext, RunOptions } from "./served-model.ts";

export interface Work {
  readonly texts: readonly string[];
  readonly options: RunOptions;
  readonly signal: AbortSignal;
  /** `index` is the place in `texts`. */
  readonly onGrowth?: (growth: Growth) => void;
}

export interface BatchQueueOptions {
  readonly maxRows: number;
  readonly maxQueue: number;
  readonly waitMs: number;
  readonly run: (batch: Batch, context: RunContext) => Promise<readonly Prediction[]>;
  readonly onBatch?: (batch: { readonly texts: number; readonly seconds: number }) => void;
}

interface Item {
  readonly text: string;
  readonly index: number;
  readonly work: Work;
  /** Items with the same key may go together. */
  readonly key: string;
  readonly rows: number;
  readonly settle: (outcome: Outcome) => void;
}

type Outcome = { readonly prediction: Prediction } | { readonly error: unknown };

/**
 * One batch computes at a time; meanwhile texts wait, and those with the same options go together. A queue that is full
 * refuses at once. A request whose signal is aborted leaves the queue; a batch that nobody waits for any more is stopped.
 */
export class BatchQueue {
  readonly #options: BatchQueueOptions;
  #waiting: Item[] = [];
  #running: readonly Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #exclusive = 0;
  /** Seconds that a text took lately. */
  #pace = 0.02;
  #idle: (() => void)[] = [];

  constructor(options: BatchQueueOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves to one prediction for each text. Throws `overloaded` at once where they do not fit. */
  submit(work: Work): Promise<readonly Prediction[]> {
    const { maxQueue } = this.#options;
    work.signal.throwIfAborted();
    if (this.#waiting.length + work.texts.length > maxQueue) throw this.#overloaded();
    const key = this.#keyOf(work);
    const rows = rowsOf(work.options);
    const predictions = work.texts.map((text, index) => {
      return new Promise<Prediction>((resolve, reject) => {
        const settle = (outcome: Outcome) =>
          "error" in outcome ? reject(outcome.error) : resolve(outcome.prediction);
        this.#waiting.push({ text, index, work, key, rows, settle });
      });
    });
    const leave = () => this.#leave(work);
    work.signal.addEventListener("abort", leave, { once: true });
    this.#start();
    return Promise.all(predictions).finally(() => work.signal.removeEventListener("abort", leave));
  }

  /** Resolves when nothing waits and nothing runs. */
  async drained(): Promise<void> {
    if (this.#waiting.length === 0 && this.#running.length === 0) return;
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Samples depend on their place in a batch: to give the same for the same seed, a request with samples stays alone. */
  #keyOf({ options }: Work): string {
    const own = options.generation?.doSample ? ++this.#exclusive : 0;
    return `${own} ${JSON.stringify(options)}`;
  }

  #overloaded(): ServiceError {
    const { length } = this.#waiting;
    return new ServiceError("overloaded", `${length} texts already wait for this model. Try again later.`, {
      retryAfter: Math.min(60, Math.max(1, Math.ceil(length * this.#pace))),
    });
  }

  #leave(work: Work): void {
    const error = work.signal.reason as unknown;
    const left = this.#waiting.filter((item) => item.work === work);
    this.#waiting = this.#waiting.filter((item) => item.work !== work);
    for (const { settle } of left) settle({ error });
    // Those that run are settled too: the client does not wait for the batch in which they are.
    for (const item of this.#running) if (item.work === work) item.settle({ error });
    if (this.#running.length > 0 && this.#running.every((item) => item.work.signal.aborted)) this.#stop?.();
    this.#tellIdle();
  }

  #stop: (() => void) | undefined;

  #start(): void {
    if (this.#running.length > 0 || this.#waiting.length === 0) return;
    const full = this.#next().length < this.#waiting.length || this.#rowsWaiting() >= this.#options.maxRows;
    if (full || this.#options.waitMs === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      void this.#run();
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#running.length === 0 && this.#waiting.length > 0) void this.#run();
    }, this.#options.waitMs);
  }

  #rowsWaiting(): number {
    return this.#waiting.reduce((sum, { rows }) => sum + rows, 0);
  }

  /** The oldest, and those with the same options that fit with it. */
  #next(): Item[] {
    const [oldest] = this.#waiting;
    const room = Math.max(1, Math.floor(this.#options.maxRows / oldest.rows));
    return this.#waiting.filter(({ key }) => key === oldest.key).slice(0, room);
  }

  async #run(): Promise<void> {
    const items = this.#next();
    const taken = new Set(items);
    this.#waiting = this.#waiting.filter((item) => !taken.has(item));
    this.#running = items;
    const began = performance.now();
    await this.#compute(items);
    const seconds = (performance.now() - began) / 1000;
    this.#pace = 0.8 * this.#pace + 0.2 * (seconds / items.length);
    this.#options.onBatch?.({ texts: items.length, seconds });
    this.#running = [];
    // What waited while this batch ran has waited long enough.
    if (this.#waiting.length > 0) void this.#run();
    else this.#tellIdle();
  }

  async #compute(items: readonly Item[]): Promise<void> {
    const stop = new AbortController();
    this.#stop = () => stop.abort(new ServiceError("time-limit", "Nobody waits for this batch any more."));
    const asked = items.filter(({ work }) => !work.signal.aborted);
    if (asked.length === 0) return;
    try {
      const predictions = await this.#options.run(toBatch(asked), {
        signal: stop.signal,
        ...(asked.some(({ work }) => work.onGrowth) && {
          onGrowth: (growth: Growth) => tell(asked[growth.index], growth),
        }),
      });
      asked.forEach(({ settle }, place) => settle({ prediction: predictions[place] }));
    } catch (error) {
      const alone = asked.length > 1 && error instanceof ServiceError && error.status < 500;
      // One text that the model cannot take must not fail the requests that happened to come with it.
      if (alone) for (const item of asked) await this.#compute([item]);
      else for (const { settle } of asked) settle({ error });
    }
  }

  #tellIdle(): void {
    if (this.#waiting.length > 0 || this.#running.length > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function toBatch(items: readonly Item[]): Batch {
  const { options } = items[0].work;
  const texts = items.map(({ text }) => text);
  const { generation } = options;
  if (!generation?.doSample) return { texts, options };
  // Input number i draws with seed + i, also where a long list is cut into several batches.
  return {
    texts,
    options: { ...options, generation: { ...generation, seed: (generation.seed ?? 0) + items[0].index } },
  };
}

function rowsOf({ generation }: RunOptions): number {
  return Math.max(generation?.numBeams ?? 1, generation?.numReturnSequences ?? 1);
}

function tell({ work, index }: Item, growth: Growth): void {
  if (!work.signal.aborted) work.onGrowth?.({ ...growth, index });
}
