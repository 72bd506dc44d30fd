/**
 * The Vite plugin that makes the site: it builds the kernel's bundles, compiles the lectures, pre-renders every page in
 * both languages, and writes beside them the data that cells may read.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { createServer, type Plugin, type ResolvedConfig, type Rolldown } from "vite";
import type { Course, Lecture } from "../../notebook/lecture.ts";
import type * as RenderModule from "../render.tsx";
import type * as LectureModule from "./lectures.ts";
import { languages, type Language } from "../language.ts";
import { renderDocument } from "./document.ts";
import { buildBundle, buildKernel, hashedName, type KernelBuild } from "./kernel-bundles.ts";

const KERNEL_MODULE = "virtual:gongbu/kernel";

/** The page's scripts, by the name of their entry. */
export const siteEntries = {
  lecture: "src/page/lecture-entry.tsx",
  index: "src/page/index-entry.tsx",
} as const;

/** Runs before the first paint, so it is a plain script by itself. */
const THEME_ENTRY = "src/page/theme-entry.ts";

type EntryName = keyof typeof siteEntries;

export interface SiteSpec {
  /** The folder of course.json and the lectures, from the project's root. Default "notebooks". */
  readonly notebooks?: string;
}

export function gongbuSite({ notebooks = "notebooks" }: SiteSpec = {}): Plugin {
  let config: ResolvedConfig;
  let kernel: KernelBuild;

  return {
    name: "gongbu-site",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    async buildStart() {
      kernel = await buildKernel(config.root);
    },
    resolveId: (id) => (id === KERNEL_MODULE ? `\0${KERNEL_MODULE}` : undefined),
    load(id) {
      if (id !== `\0${KERNEL_MODULE}`) return undefined;
      const { bundles, assets } = kernel;
      return `export const bundles = ${JSON.stringify(bundles)};\nexport const assets = ${JSON.stringify(assets)};`;
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
        const theme = await buildBundle(config.root, THEME_ENTRY, "iife");
        const themeScript = `assets/${hashedName("theme.js", theme)}`;
        emit(themeScript, theme);
        const pages = await renderPages(config, {
          directory,
          themeScript,
          findEntry: (name) => findEntry(bundle, name),
        });
        for (const { path, source } of pages) emit(path, source);
      },
    },
  };
}

interface EntryFiles {
  readonly script: string;
  readonly styles: readonly string[];
  /** Chunks that the script imports at once. */
  readonly preloads: readonly string[];
}

function findEntry(bundle: Rolldown.OutputBundle, name: EntryName): EntryFiles {
  const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === "chunk");
  const entry = chunks.find((chunk) => chunk.isEntry && chunk.name === name);
  if (!entry) throw new Error(`The build has no entry "${name}" (${siteEntries[name]}).`);
  const styles = new Set<string>();
  const preloads = new Set<string>();
  const visit = (chunk: Rolldown.OutputChunk) => {
    for (const path of chunk.viteMetadata?.importedCss ?? []) styles.add(path);
    for (const path of chunk.imports) {
      const imported = chunks.find(({ fileName }) => fileName === path);
      if (!imported || preloads.has(path)) continue;
      preloads.add(path);
      visit(imported);
    }
  };
  visit(entry);
  return { script: entry.fileName, styles: [...styles], preloads: [...preloads] };
}

interface SiteFile {
  readonly path: string;
  readonly source: string;
}

interface PageSources {
  /** Where the lectures lie. */
  readonly directory: string;
  readonly themeScript: string;
  readonly findEntry: (name: EntryName) => EntryFiles;
}

async function renderPages(
  config: ResolvedConfig,
  { directory, themeScript, findEntry }: PageSources,
): Promise<SiteFile[]> {
  const { root, base } = config;
  // The page's own components, loaded as Vite would serve them, so that what they import (styles too) is understood.
  const server = await createServer({
    configFile: false,
    root,
    logLevel: "warn",
    appType: "custom",
    publicDir: false,
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  try {
    const { loadSite } = (await server.ssrLoadModule("/src/page/site/lectures.ts")) as typeof LectureModule;
    const render = (await server.ssrLoadModule("/src/page/render.tsx")) as typeof RenderModule;
    const { course, lectures } = await loadSite(directory);
    const files: SiteFile[] = lectures.map((lecture) => ({
      path: dataPath(lecture),
      source: JSON.stringify(lecture),
    }));
    for (const lecture of lectures) {
      const source = await readFile(join(directory, `${lecture.id}.md`), "utf8");
      files.push({ path: filePath(lecture), source });
    }
    for (const language of languages) {
      const page = { course, language, base };
      const index = { ...findEntry("index"), ...render.renderIndexPage(page), language, base, themeScript };
      files.push({
        path: indexPage(language),
        source: renderDocument({ ...index, alternates: inBoth((code) => folderOf(indexPage(code))) }),
      });
      for (const lecture of lectures) {
        const rendered = { ...findEntry("lecture"), ...render.renderLecturePage({ ...page, lecture }) };
        const alternates = inBoth((code) => folderOf(lecturePage(lecture, code)));
        files.push({
          path: lecturePage(lecture, language),
          source: renderDocument({
            ...rendered,
            language,
            base,
            themeScript,
            lecture: { data: dataPath(lecture), file: filePath(lecture) },
            alternates,
          }),
        });
      }
    }
    return files;
  } finally {
    await server.close();
  }
}

function dataPath({ id }: Lecture): string {
  return `lectures/${id}.json`;
}

function filePath({ id }: Lecture): string {
  return `lectures/${id}.md`;
}

function indexPage(language: Language): string {
  return language === "en" ? "index.html" : `${language}/index.html`;
}

function lecturePage({ id }: Lecture | Course["lectures"][number], language: Language): string {
  return `${language}/${id}/index.html`;
}

function folderOf(page: string): string {
  return page.slice(0, -"index.html".length);
}

function inBoth(path: (language: Language) => string): Record<Language, string> {
  return { en: path("en"), ko: path("ko") };
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
