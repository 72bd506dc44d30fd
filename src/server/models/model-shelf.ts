/** All models of a service, by name. */
import { ServiceError } from "../service-error.ts";
import { ModelDesk, type DeskOptions } from "./model-desk.ts";
import type { ModelSource, Task } from "./served-model.ts";

export interface ShelfOptions {
  readonly deskOptions: (id: string) => DeskOptions;
  readonly reloadMs: number;
}

export class ModelShelf {
  readonly desks: readonly ModelDesk[];
  readonly #reloadMs: number;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(sources: readonly ModelSource[], { deskOptions, reloadMs }: ShelfOptions) {
    const ids = sources.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined)
      throw new ServiceError("wrong-setting", `Two models have the name "${twice}": rename a folder.`);
    this.desks = sources.map((source) => new ModelDesk(source, deskOptions(source.id)));
    this.#reloadMs = reloadMs;
  }

  get ready(): boolean {
    return this.desks.every(({ about }) => about !== undefined);
  }

  /** Loads every model, one after the other; fails with the first that cannot be loaded. */
  async load(): Promise<void> {
    for (const desk of this.desks) await desk.refresh();
  }

  /** Looks for something new in every folder. What cannot be loaded is told by the desk's `onLoad`. */
  async refresh(): Promise<void> {
    await Promise.allSettled(this.desks.map((desk) => desk.refresh()));
  }

  watch(): void {
    if (this.#reloadMs === 0) return;
    const look = () => {
      if (this.#closed) return;
      this.#timer = setTimeout(() => void this.refresh().then(look), this.#reloadMs);
      this.#timer.unref();
    };
    look();
  }

  /** The model that a request means: the one it names, or the only one for its task. */
  find(tasks: readonly Task[], id: string | undefined): ModelDesk {
    if (id !== undefined) return checkTask(this.#named(id), tasks);
    const able = this.desks.filter(({ about }) => about && tasks.includes(about.task));
    if (able.length === 1) return able[0];
    if (able.length === 0) {
      if (!this.ready)
        throw new ServiceError("not-ready", "The models are being loaded. Try again later.", {
          retryAfter: 2,
        });
      throw new ServiceError(
        "unknown-model",
        `No model here can ${tasks[0]}. GET /v1/models lists what there is.`,
      );
    }
    throw new ServiceError("model-needed", `Say which \`model\`: ${able.map((desk) => desk.id).join(", ")}.`);
  }

  async drained(): Promise<void> {
    await Promise.all(this.desks.map((desk) => desk.drained()));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.desks.map((desk) => desk.close()));
  }

  #named(id: string): ModelDesk {
    const desk = this.desks.find((candidate) => candidate.id === id);
    if (desk) return desk;
    throw new ServiceError(
      "unknown-model",
      `There is no model of that name. There are: ${this.desks.map((known) => known.id).join(", ")}.`,
    );
  }
}

function checkTask(desk: ModelDesk, tasks: readonly Task[]): ModelDesk {
  if (!desk.about || tasks.includes(desk.about.task)) return desk;
  throw new ServiceError(
    "wrong-task",
    `"${desk.id}" is there to ${desk.about.task}: send the request to /v1/${desk.about.task}.`,
  );
}
