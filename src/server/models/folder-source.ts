/** A checkpoint's folder as a source of models: loaded again when it has been replaced. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { recoverFolder } from "../../../kernels/runtime/hosts/node-models.ts";
import { ServiceError } from "../service-error.ts";
import type { ModelSource } from "./served-model.ts";
import { openThread } from "./thread-model.ts";

const FILES = ["model.safetensors", "config.json", "tokenizer.json"];

export function createFolderSource(folder: string): ModelSource {
  const path = resolve(folder);
  return {
    id: basename(path),
    async version() {
      await recoverFolder(path);
      const parts = await Promise.all(
        FILES.map(async (name) => {
          const found = await stat(join(path, name)).catch(() => undefined);
          return found
            ? `${found.ino.toString(36)}.${found.size.toString(36)}.${found.mtimeMs.toString(36)}`
            : "-";
        }),
      );
      return parts.join(" ");
    },
    async load() {
      const files = new Map<string, Uint8Array>();
      for (const name of FILES) {
        const bytes = await readFile(join(path, name)).catch(() => undefined);
        if (bytes) files.set(name, bytes);
      }
      try {
        return await openThread(files);
      } catch (error) {
        throw new ServiceError("wrong-checkpoint", `${path}: ${(error as Error).message}`, { cause: error });
      }
    },
  };
}

/** The folders named, and those directly in them that hold a checkpoint. */
export async function findModelFolders(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
      throw new ServiceError("wrong-setting", `${folder} is no folder that can be read.`);
    });
    if (entries.some(({ name }) => name === "config.json")) {
      found.push(folder);
      continue;
    }
    const inside = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => join(folder, name));
    const models: string[] = [];
    for (const path of inside)
      if (await stat(join(path, "config.json")).catch(() => undefined)) models.push(path);
    if (models.length === 0)
      throw new ServiceError(
        "wrong-setting",
        `${folder} holds no checkpoint: a folder with config.json, model.safetensors and tokenizer.json.`,
      );
    found.push(...models.sort());
  }
  return found;
}
