/** A folder from which Transformers.js loads models by name, for as long as a file's tests run. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { env } from "@xenova/transformers";
import { afterAll, beforeAll } from "vitest";
import type { HubFiles } from "../../../../kernels/nlp/onnx/index.ts";

export function openHubFolder(): { put(name: string, files: HubFiles): Promise<string> } {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gongbu-"));
    env.allowRemoteModels = false;
    env.localModelPath = folder;
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    /** Writes the files as the hub lays them out; gives the name under which the model is loaded. */
    async put(name, files) {
      for (const [path, bytes] of files) {
        const file = join(folder, name, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, bytes);
      }
      return name;
    },
  };
}
