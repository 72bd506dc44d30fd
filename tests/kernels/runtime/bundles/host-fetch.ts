/** The host's `fetch`, which gives a bundle its files. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { vi } from "vitest";
import { maybeAssetName } from "../../../../kernels/runtime/modules.ts";
import { BUILDS, type BuildName } from "../../../../kernels/simd/builds.ts";
import { compileSimd } from "../../../../kernels/simd/compile.ts";

const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));

/** Puts it in the place of the global one; returns the names of the files as they are asked for. */
export function stubHostFetch(): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    const name = maybeAssetName(url)!;
    asked.push(name);
    if (Object.hasOwn(BUILDS, name)) return new Response(await compileSimd(name as BuildName));
    return new Response(Uint8Array.from(await readFile(join(wasmFolder, name))));
  });
  return asked;
}
