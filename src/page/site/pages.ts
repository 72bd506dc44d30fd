/** Every page of the site as a file: the table of contents, the lectures, the errors and the reference, in both languages. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createServer, type ResolvedConfig, type ViteDevServer } from "vite";
import type { Course, Lecture } from "../../notebook/lecture.ts";
import { getReferenceAddress, getSourceAddress } from "../addresses.ts";
import { languages, type Language } from "../language.ts";
import type * as RenderModule from "../render.tsx";
import type { RenderedPage } from "../render.tsx";
import type { EntryFiles, EntryName } from "./bundle-files.ts";
import { renderDocument, type DocumentSpec } from "./document.ts";
import type * as ErrorPagesModule from "./error-pages.ts";
import type * as LecturesModule from "./lectures.ts";
import type * as ReferencePagesModule from "./reference-pages.ts";

export interface SiteFile {
  /** From the site's root. */
  readonly path: string;
  readonly source: string;
}

export interface PageSources {
  /** The folder of course.json and the lectures. */
  readonly notebooks: string;
  /** The folder of the pages about errors. */
  readonly errors: string;
  readonly firstPaintScript: string;
  readonly findEntry: (name: EntryName) => EntryFiles;
  readonly findFonts: (language: Language) => readonly string[];
}

export async function renderPages(config: ResolvedConfig, sources: PageSources): Promise<SiteFile[]> {
  // The page's own components, loaded as Vite would serve them, so that what they import (styles too) is understood.
  const server = await createServer({
    configFile: false,
    root: config.root,
    logLevel: "warn",
    appType: "custom",
    publicDir: false,
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  try {
    return await renderWith(server, { ...sources, base: config.base, root: `${config.root}/` });
  } finally {
    await server.close();
  }
}

async function renderWith(
  server: ViteDevServer,
  {
    notebooks,
    errors,
    firstPaintScript,
    findEntry,
    findFonts,
    base,
    root,
  }: PageSources & { readonly base: string; readonly root: string },
): Promise<SiteFile[]> {
  const load = <Module>(path: string) => server.ssrLoadModule(path) as Promise<Module>;
  const render = await load<typeof RenderModule>("/src/page/render.tsx");
  const { loadErrorPages } = await load<typeof ErrorPagesModule>("/src/page/site/error-pages.ts");
  const { loadReference } = await load<typeof ReferencePagesModule>("/src/page/site/reference-pages.ts");
  const { loadSite } = await load<typeof LecturesModule>("/src/page/site/lectures.ts");
  const { course, lectures } = await loadSite(notebooks);
  const articles = await loadErrorPages(errors);
  const { modules, sources } = await loadReference(root);
  const files: SiteFile[] = [];

  type Rest = Pick<DocumentSpec, "styles" | "preloads" | "script" | "lecture">;
  function add(getPath: (language: Language) => string, language: Language, page: RenderedPage & Rest): void {
    const alternates = { en: folderOf(getPath("en")), ko: folderOf(getPath("ko")) };
    const fonts = findFonts(language);
    const source = renderDocument({ ...page, language, base, firstPaintScript, fonts, alternates });
    files.push({ path: getPath(language), source });
  }

  for (const lecture of lectures) {
    const source = await readFile(join(notebooks, `${lecture.id}.md`), "utf8");
    files.push(
      { path: dataPath(lecture), source: JSON.stringify(lecture) },
      { path: filePath(lecture), source },
    );
  }
  const index = findEntry("index");
  const lectureEntry = findEntry("lecture");
  const reference = findEntry("reference");
  for (const language of languages) {
    const page = { course, language, base };
    add(indexPage, language, { ...index, ...render.renderIndexPage(page) });
    for (const lecture of lectures) {
      const own = { data: dataPath(lecture), file: filePath(lecture) };
      const rendered = render.renderLecturePage({ ...page, lecture });
      add((code) => lecturePage(lecture, code), language, { ...lectureEntry, ...rendered, lecture: own });
    }
    for (const article of articles) {
      const rendered = render.renderErrorPage({ article, base, language });
      const { styles } = index;
      add((code) => errorPage(article.code, code), language, { ...rendered, styles, preloads: [] });
    }
    const site = { base, language };
    add((code) => referencePage(code), language, {
      ...reference,
      ...render.renderReferenceIndex({ ...site, modules }),
    });
    for (const module of modules) {
      const rendered = render.renderModulePage({ ...site, module, modules });
      add((code) => referencePage(code, module.name), language, { ...reference, ...rendered });
    }
    for (const source of sources) {
      const module = modules.find(({ file }) => source.file.startsWith(file.replace(/index\.ts$/, "")))?.name;
      const rendered = render.renderSourcePage({ ...site, source, module });
      add((code) => sourcePage(source.file, code), language, { ...reference, ...rendered });
    }
  }
  return files;
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

function errorPage(code: string, language: Language): string {
  return `${language}/errors/${code}/index.html`;
}

function referencePage(language: Language, module?: string): string {
  return `${getReferenceAddress({ base: "", language }, module)}index.html`;
}

function sourcePage(file: string, language: Language): string {
  return `${getSourceAddress(file, { base: "", language })}index.html`;
}

function folderOf(page: string): string {
  return page.slice(0, -"index.html".length);
}
