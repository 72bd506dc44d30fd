/** Builds the benches' lectures with Observable's Notebook Kit into a static site. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { config, observable } from "@observablehq/notebook-kit/vite";
import { build, mergeConfig } from "vite";
import { toPeerNotebook } from "./notebook.ts";

export interface PeerBuild {
  /** The lectures' folder. */
  readonly notebooks: string;
  readonly lectures: readonly string[];
  /** A folder for the HTML notebooks. It must lie in the project, whose packages they import. */
  readonly source: string;
  readonly outDir: string;
}

/** Each lecture becomes `<id>.html`. */
export async function buildPeer({ notebooks, lectures, source, outDir }: PeerBuild): Promise<void> {
  await mkdir(source, { recursive: true });
  const input: string[] = [];
  for (const id of lectures) {
    const path = join(notebooks, `${id}.md`);
    const page = join(source, `${id}.html`);
    await writeFile(page, toPeerNotebook(await readFile(path, "utf8"), { path: `${id}.md` }));
    input.push(page);
  }
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  await build(
    mergeConfig(config(), {
      configFile: false,
      root: source,
      logLevel: "error",
      plugins: [observable()],
      define: { global: "globalThis" },
      resolve: {
        alias: [
          { find: "gongbu/display", replacement: here("display.ts") },
          { find: "gongbu/train", replacement: here("train.ts") },
          { find: "gongbu/nn", replacement: here("../../kernels/nlp/nn/index.ts") },
        ],
      },
      build: { outDir, emptyOutDir: true, target: "es2023", rolldownOptions: { input } },
    }),
  );
}
