/**
 * The Vite plugin that makes the site: it builds the kernel's bundles, compiles the lectures, pre-renders every page in
 * both languages, and writes beside them the data that cells may read.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Plugin, ResolvedConfig } from "vite";
import { MADE_FILES } from "../../../kernels/runtime/hosts/made-files.ts";
import { findEntry, findFonts } from "./bundle-files.ts";
import { findErrorCodes } from "./error-codes.ts";
import { buildBundle, buildKernel, hashedName, type KernelBuild } from "./kernel-bundles.ts";
import { renderPages } from "./pages.ts";

export { siteEntries } from "./bundle-files.ts";

const KERNEL_MODULE = "virtual:gongbu/kernel";
const ERRORS_MODULE = "virtual:gongbu/errors";

/** Runs before the first paint, so it is a plain script by itself. */
const FIRST_PAINT_ENTRY = "src/page/first-paint-entry.ts";

/** Folders, from the project's root. */
export interface SiteSpec {
  /** course.json and the lectures. Default "notebooks". */
  readonly notebooks?: string;
  /** The pages about errors, one a code. Default "docs/errors". */
  readonly errors?: string;
}

export function gongbuSite({ notebooks = "notebooks", errors = "docs/errors" }: SiteSpec = {}): Plugin {
  let config: ResolvedConfig;
  let kernel: KernelBuild;
  let errorCodes: readonly string[];

  return {
    name: "gongbu-site",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    async buildStart() {
      errorCodes = await findErrorCodes(join(config.root, errors));
      kernel = await buildKernel(config.root);
    },
    resolveId: (id) => (id === KERNEL_MODULE || id === ERRORS_MODULE ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${ERRORS_MODULE}`) return exportAll({ errorCodes });
      if (id === `\0${KERNEL_MODULE}`) return exportAll({ bundles: kernel.bundles, assets: kernel.assets });
      return undefined;
    },
    generateBundle: {
      // After Vite has taken out the chunks that held nothing but styles.
      order: "post",
      async handler(_, bundle) {
        const emit = (fileName: string, source: string | Uint8Array) =>
          this.emitFile({ type: "asset", fileName, source });
        for (const { path, bytes } of kernel.files) emit(path, bytes);
        const directory = join(config.root, notebooks);
        for (const folder of ["data", "models"]) {
          for (const path of await findFiles(join(directory, folder))) {
            emit(relative(directory, path), await readFile(path));
          }
        }
        for (const [path, make] of MADE_FILES) emit(path, await make());
        const firstPaint = await buildBundle(config.root, FIRST_PAINT_ENTRY, { format: "iife" });
        const firstPaintScript = `assets/${hashedName("first-paint.js", firstPaint)}`;
        emit(firstPaintScript, firstPaint);
        const pages = await renderPages(config, {
          notebooks: directory,
          errors: join(config.root, errors),
          firstPaintScript,
          findEntry: (name) => findEntry(bundle, name),
          findFonts: (language) => findFonts(bundle, language),
        });
        for (const { path, source } of pages) emit(path, source);
      },
    },
  };
}

/** A module's text that exports these values. */
function exportAll(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
}

/** Every file below a folder, sorted; none where there is no such folder. */
async function findFiles(folder: string): Promise<string[]> {
  const there = await stat(folder).catch(() => undefined);
  if (!there?.isDirectory()) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
    .sort();
}
