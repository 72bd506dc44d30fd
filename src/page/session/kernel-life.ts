import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { BackendName, FromKernel, Result, ToKernel } from "../../../kernels/runtime/protocol.ts";

export interface KernelConnection {
  send(message: ToKernel): void;
  terminate(): void;
}

export interface KernelStart {
  readonly backend: BackendName | "auto";
  readonly onMessage: (message: FromKernel) => void;
  readonly onFailure: (error: Error) => void;
}

export type StartKernel = (options: KernelStart) => Promise<KernelConnection>;

export type KernelStatus = "off" | "starting" | "ready" | "failed";

/** A request that carries an id, which the kernel's life adds. */
export type KernelQuestion =
  | { readonly type: "interrupt" }
  | { readonly type: "value"; readonly cell: Extract<ToKernel, { type: "value" }>["cell"] }
  | { readonly type: "ping" };

export interface KernelLife {
  readonly status: ReadonlySignal<KernelStatus>;
  /** Starts a kernel unless one lives; rejects where it cannot start or is ended meanwhile. */
  start(): Promise<void>;
  /** Starts a second kernel beside the one that lives, for the case that it has to be ended: `start` takes it then. */
  prepare(): void;
  /** Ends a kernel that was prepared and is not needed. */
  unprepare(): void;
  send(message: ToKernel): void;
  /** Asks and waits. Undefined: the kernel was ended before it answered. */
  ask(question: KernelQuestion): Promise<Result | undefined>;
  end(): void;
}

export interface KernelLifeOptions {
  readonly startKernel: StartKernel;
  readonly getBackend: () => BackendName | "auto";
  /** Messages of the kernel that lives now; those of one that was ended are dropped here. */
  readonly onMessage: (message: Exclude<FromKernel, { type: "reply" }>) => void;
  /** The kernel died by itself or could not be started. */
  readonly onFailure: (error: Error) => void;
}

interface Life {
  readonly backend: BackendName | "auto";
  connection?: KernelConnection;
  readonly started: Promise<void>;
  readonly replies: Map<number, (result: Result | undefined) => void>;
}

/** One kernel after the other: at most one is heard at a time, and at most one more stands ready. */
export function createKernelLife(options: KernelLifeOptions): KernelLife {
  const status = signal<KernelStatus>("off");
  let life: Life | undefined;
  let spare: Life | undefined;
  let lastId = 0;

  function begin(): Life {
    const backend = options.getBackend();
    const replies: Life["replies"] = new Map();
    const isCurrent = (): boolean => life?.replies === replies;
    const isSpare = (): boolean => spare?.replies === replies;
    const started = options
      .startKernel({
        backend,
        onMessage(message) {
          if (!isCurrent()) return;
          if (message.type !== "reply") return options.onMessage(message);
          replies.get(message.id)?.(message.result);
          replies.delete(message.id);
        },
        onFailure(error) {
          if (isCurrent()) fail(error);
          else if (isSpare()) unprepare();
        },
      })
      .then((connection) => {
        const own = isCurrent() ? life : isSpare() ? spare : undefined;
        if (!own) {
          connection.terminate();
          throw new KernelEndedError();
        }
        own.connection = connection;
        if (own === life) status.value = "ready";
      });
    started.catch((error: unknown) => {
      if (isCurrent()) fail(error instanceof Error ? error : new Error(String(error)));
      // Whoever needs a kernel after all starts another, and hears why where that fails too.
      else if (isSpare()) unprepare();
    });
    return { backend, started, replies };
  }

  function unprepare(): void {
    spare?.connection?.terminate();
    spare = undefined;
  }

  function takeSpare(): Life | undefined {
    if (spare?.backend !== options.getBackend()) unprepare();
    const taken = spare;
    spare = undefined;
    return taken;
  }

  function drop(): void {
    const ended = life;
    life = undefined;
    ended?.connection?.terminate();
    for (const resolve of ended?.replies.values() ?? []) resolve(undefined);
  }

  function fail(error: Error): void {
    drop();
    status.value = "failed";
    options.onFailure(error);
  }

  function send(message: ToKernel): void {
    if (!life?.connection) {
      throw new Error(`KernelLife.send: no kernel lives to take "${message.type}"; await start() first.`);
    }
    life.connection.send(message);
  }

  return {
    status,
    send,
    start() {
      // Set before anything is awaited, so that two calls share one kernel.
      if (!life) {
        life = takeSpare() ?? begin();
        status.value = life.connection ? "ready" : "starting";
      }
      return life.started;
    },
    prepare() {
      spare ??= begin();
    },
    unprepare,
    ask(question) {
      const current = life;
      if (!current) return Promise.resolve(undefined);
      const id = ++lastId;
      return new Promise((resolve) => {
        current.replies.set(id, resolve);
        send({ ...question, id });
      });
    },
    end() {
      drop();
      status.value = "off";
    },
  };
}

/** The kernel was ended while it started: whoever waited for it has nothing more to do. */
export class KernelEndedError extends Error {
  override name = "KernelEndedError";
  constructor() {
    super("The kernel was ended before it had started.");
  }
}
