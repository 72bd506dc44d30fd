import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { KernelRequest, ModelAbout, ModelSummary } from "../../../kernels/runtime/protocol.ts";
import type { Models, Store } from "../../storage/index.ts";

/** The reader's trained models: what cells save and load, and what the shelf shows. */
export interface Shelf {
  /** The newest first; undefined until it has been read. */
  readonly list: ReadonlySignal<readonly ModelSummary[] | undefined>;
  /** Answers a kernel. */
  answer(what: ShelfRequest): Promise<unknown>;
  /** Reads the list anew: another tab may have saved. */
  refresh(): Promise<void>;
  /** Keeps a model that the reader brings. */
  add(about: ModelAbout, zip: ArrayBuffer): Promise<void>;
  getZip(name: string): Promise<ArrayBuffer>;
  remove(name: string): Promise<void>;
}

export type ShelfRequest = Extract<KernelRequest, { kind: "save-model" | "load-model" | "list-models" }>;

export interface ShelfOptions {
  /** Models that cells save come from this lecture. */
  readonly lecture: string;
  readonly store: Promise<Store>;
  /** Milliseconds since 1970. */
  readonly getDate: () => number;
}

export function createShelf({ lecture, store, getDate }: ShelfOptions): Shelf {
  const list = signal<readonly ModelSummary[] | undefined>(undefined);
  const getModels = async (): Promise<Models> => (await store).models;

  async function refresh(): Promise<void> {
    list.value = await (await getModels()).list();
  }

  async function keep(about: ModelAbout, zip: ArrayBuffer, from?: string): Promise<ModelSummary> {
    const { name, modelType, metrics } = about;
    const lecture = from === undefined ? {} : { lecture: from };
    const summary = { name, modelType, metrics, ...lecture, bytes: zip.byteLength, time: getDate() };
    await (await getModels()).save({ ...summary, zip });
    await refresh();
    return summary;
  }

  return {
    list,
    refresh,
    async answer(what) {
      switch (what.kind) {
        case "save-model":
          return keep(what.about, what.zip, lecture);
        case "load-model":
          return (await (await getModels()).get(what.name))?.zip;
        case "list-models":
          return (await getModels()).list();
        default:
          return what satisfies never;
      }
    },
    async add(about, zip) {
      await keep(about, zip);
    },
    async getZip(name) {
      const row = await (await getModels()).get(name);
      if (!row) throw new Error(`Shelf.getZip: "${name}" is gone; another tab may have removed it.`);
      return row.zip;
    },
    async remove(name) {
      await (await getModels()).remove(name);
      await refresh();
    },
  };
}
