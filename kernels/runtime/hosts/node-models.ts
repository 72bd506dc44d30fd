/** The shelf of models in the terminal: in memory, or in a folder that the prediction service can serve. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { packCheckpoint, unpackCheckpoint } from "../../nlp/train/checkpoint/zip.ts";
import type { ModelAbout, ModelSummary } from "../protocol.ts";

export interface NodeModels {
  save(about: ModelAbout, zip: Uint8Array): Promise<ModelSummary>;
  load(name: string): Promise<ArrayBuffer | undefined>;
  list(): Promise<readonly ModelSummary[]>;
}

export function createMemoryModels(): NodeModels {
  const kept = new Map<string, { readonly summary: ModelSummary; readonly zip: Uint8Array }>();
  return {
    async save(about, zip) {
      const summary = { ...about, bytes: zip.length, time: Date.now() };
      kept.set(about.name, { summary, zip });
      return summary;
    },
    async load(name) {
      const found = kept.get(name);
      return found && Uint8Array.from(found.zip).buffer;
    },
    async list() {
      return newestFirst([...kept.values()].map(({ summary }) => summary));
    },
  };
}

/** What of a model is told in the list and is in none of its files. */
const ABOUT_FILE = "about.json";

/** Each model is a folder of files in the layout of the model hub, replaced as a whole. */
export function createFolderModels(folder: string): NodeModels {
  return {
    async save(about, zip) {
      const summary = { ...about, bytes: zip.length, time: Date.now() };
      const fresh = join(folder, `.${about.name}.new`),
        old = join(folder, `.${about.name}.old`);
      await rm(fresh, { recursive: true, force: true });
      await mkdir(fresh, { recursive: true });
      for (const [name, bytes] of unpackCheckpoint(zip)) await writeFile(join(fresh, name), bytes);
      // The last file: where it is there, the folder is whole.
      await writeFile(join(fresh, ABOUT_FILE), JSON.stringify(summary));
      await rm(old, { recursive: true, force: true });
      await rename(join(folder, about.name), old).catch(ignoreMissing);
      await rename(fresh, join(folder, about.name));
      await rm(old, { recursive: true, force: true });
      return summary;
    },
    async load(name) {
      await recoverFolder(join(folder, name));
      const names = await readdir(join(folder, name)).catch(ignoreMissing);
      if (!names) return undefined;
      const files = new Map<string, Uint8Array>();
      for (const file of names)
        if (file !== ABOUT_FILE) files.set(file, await readFile(join(folder, name, file)));
      return Uint8Array.from(packCheckpoint(files)).buffer;
    },
    async list() {
      const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
      const models = await Promise.all(names.filter((name) => !name.startsWith(".")).map(readSummary));
      return newestFirst(models.filter((model) => model !== undefined));
    },
  };

  async function readSummary(name: string): Promise<ModelSummary | undefined> {
    const about = await readFile(join(folder, name, ABOUT_FILE), "utf8").catch(ignoreMissing);
    if (about !== undefined) return JSON.parse(about) as ModelSummary;
    const config = await readFile(join(folder, name, "config.json"), "utf8").catch(ignoreMissing);
    if (config === undefined) return undefined;
    const { modelType = "" } = JSON.parse(config) as { modelType?: string };
    const { size, mtimeMs } = await stat(join(folder, name, "model.safetensors"));
    return { name, modelType, metrics: {}, bytes: size, time: mtimeMs };
  }
}

/**
 * A process that is killed while it replaces a model leaves its folder away for a moment: the new one, which is whole by then,
 * is put in its place.
 */
export async function recoverFolder(path: string): Promise<void> {
  if (await exists(path)) return;
  const fresh = join(dirname(path), `.${basename(path)}.new`);
  if (await exists(join(fresh, ABOUT_FILE))) await rename(fresh, path).catch(ignoreMissing);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoreMissing)) !== undefined;
}

function newestFirst(models: readonly ModelSummary[]): readonly ModelSummary[] {
  return [...models].sort((a, b) => b.time - a.time);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
  throw error;
}
