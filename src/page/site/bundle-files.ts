/** What a page of the site loads, by the names that the bundler gave it. */
import type { Rolldown } from "vite";
import type { Language } from "../language.ts";

/** The page's scripts, by the name of their entry. */
export const siteEntries = {
  lecture: "src/page/lecture-entry.tsx",
  index: "src/page/index-entry.tsx",
  reference: "src/page/reference-entry.ts",
} as const;

export type EntryName = keyof typeof siteEntries;

/** Paths from the site's root. */
export interface EntryFiles {
  readonly script: string;
  readonly styles: readonly string[];
  /** Chunks that the script imports at once. */
  readonly preloads: readonly string[];
}

export function findEntry(bundle: Rolldown.OutputBundle, name: EntryName): EntryFiles {
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

/** The faces that a page's first screen is set in (styles/fonts.css). Korean prose has no serif. */
const FIRST_FACES: Readonly<Record<Language, readonly string[]>> = {
  en: ["inter-latin-wght-normal", "source-serif-4-latin-wght-normal"],
  ko: ["inter-latin-wght-normal"],
};

export function findFonts(bundle: Rolldown.OutputBundle, language: Language): readonly string[] {
  const files = Object.keys(bundle).filter((path) => path.endsWith(".woff2"));
  return FIRST_FACES[language].map((face) => {
    const file = files.find((path) => path.includes(face));
    if (file === undefined)
      throw new Error(`The build has no font "${face}": styles/fonts.css does not name it.`);
    return file;
  });
}
