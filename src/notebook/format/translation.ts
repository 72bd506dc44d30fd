/**
 * A translation is a sibling file with the prose in another language and the same cells by id, in the same order,
 * their bodies empty. Between two cells the prose of the one file answers to the prose of the other.
 */
import type { CellSegment, FrontMatter, Notebook, NotebookError, ProseSegment } from "../notebook.ts";
import { findCells } from "./cells.ts";
import { notebookError } from "./errors.ts";

export interface TranslatedNotebook {
  readonly frontMatter: { readonly original: FrontMatter; readonly translation: FrontMatter };
  readonly blocks: readonly TranslatedBlock[];
}

export type TranslatedBlock =
  | {
      readonly kind: "prose";
      /** "start", or "after-" and the id of the cell above: the same while that cell stays. */
      readonly key: string;
      /** Undefined where only the other file has anything (blank lines, a comment) here. */
      readonly original: ProseSegment | undefined;
      readonly translation: ProseSegment | undefined;
    }
  | { readonly kind: "cell"; readonly cell: CellSegment };

/** A lecture and its translation as one list of blocks. Throws the first of `findTranslationErrors`. */
export function translateNotebook(notebook: Notebook, translation: Notebook): TranslatedNotebook {
  const [error] = findTranslationErrors(notebook, translation);
  if (error) throw error;
  const originals = groupProse(notebook);
  const translations = groupProse(translation);
  const blocks = originals.flatMap(({ key, prose, cell }, index): TranslatedBlock[] => {
    const translated = translations[index].prose;
    return [
      ...(prose || translated
        ? [{ kind: "prose" as const, key, original: prose, translation: translated }]
        : []),
      ...(cell ? [{ kind: "cell" as const, cell }] : []),
    ];
  });
  return {
    frontMatter: { original: notebook.frontMatter, translation: translation.frontMatter },
    blocks,
  };
}

/** Everything that keeps `translation` from being a translation of `notebook`; each error is at a line of the file to change. */
export function findTranslationErrors(notebook: Notebook, translation: Notebook): NotebookError[] {
  const original = notebook.path;
  const { path } = translation;
  const cells = findCells(notebook);
  const translated = findCells(translation);
  const errors: NotebookError[] = [];

  for (const cell of translated) {
    const { id, line } = cell;
    const source = cells.find((other) => other.id === id);
    if (!source) {
      errors.push(notebookError("translation-extra-cell", { path, line, id, original }));
      continue;
    }
    if (cell.code.trim() !== "") {
      errors.push(notebookError("translation-body", { path, line: cell.codeLine, id, original }));
    }
    const attribute = findOtherAttribute(source, cell);
    if (attribute) {
      errors.push(notebookError("translation-attribute", { path, line, id, attribute, original }));
    }
  }

  const shared = cells.filter(({ id }) => translated.some((cell) => cell.id === id));
  const present = translated.filter(({ id }) => cells.some((cell) => cell.id === id));
  const firstWrong = present.findIndex(({ id }, index) => shared[index].id !== id);
  if (firstWrong >= 0) {
    const { id, line } = present[firstWrong];
    const expected = shared[firstWrong].id;
    errors.push(notebookError("translation-order", { path, line, id, expected, original }));
  }
  for (const { id } of cells) {
    if (translated.some((cell) => cell.id === id)) continue;
    const line = lineOfMissing(id, { cells, translation });
    errors.push(notebookError("translation-missing-cell", { path, line, id, original }));
  }
  if (errors.length === 0) errors.push(...findMissingProse(notebook, translation));
  return errors.sort((a, b) => a.line - b.line);
}

/** An attribute that the translation gives otherwise than the original; one that it leaves out is no difference. */
function findOtherAttribute(original: CellSegment, translation: CellSegment): string | undefined {
  const given = Object.entries(translation.attributes).filter(
    ([, value]) => value !== undefined && value !== false && value !== "live",
  );
  return given.find(
    ([name, value]) => original.attributes[name as keyof typeof original.attributes] !== value,
  )?.[0];
}

/** Where a missing cell would stand: at the next cell that is there, or at the file's end. */
function lineOfMissing(
  id: string,
  { cells, translation }: { cells: readonly CellSegment[]; translation: Notebook },
): number {
  const translated = findCells(translation);
  const later = cells.slice(cells.findIndex((cell) => cell.id === id) + 1);
  for (const next of later) {
    const there = translated.find((cell) => cell.id === next.id);
    if (there) return there.line;
  }
  const last = translation.segments.at(-1);
  return last ? last.line + (last.source.match(/\r\n|[\r\n](?=.)/gs)?.length ?? 0) : 1;
}

function findMissingProse(notebook: Notebook, translation: Notebook): NotebookError[] {
  const originals = groupProse(notebook);
  const translations = groupProse(translation);
  return originals.flatMap(({ prose, cell }, index) => {
    const other = translations[index];
    if (isSilent(prose) === isSilent(other.prose)) return [];
    const [silent, speaking] = isSilent(prose) ? [notebook, other.prose!] : [translation, prose!];
    const [gap, from] = isSilent(prose) ? [{ prose, cell }, translation] : [other, notebook];
    const line = gap.prose?.line ?? gap.cell?.line ?? silent.segments.at(-1)?.line ?? 1;
    const details = { original: from.path, originalLine: speaking.line };
    return [notebookError("translation-prose", { path: silent.path, line, ...details })];
  });
}

/** Nothing that a reader would see: blank lines and comments. */
function isSilent(prose: ProseSegment | undefined): boolean {
  return prose === undefined || prose.source.replace(/^\uFEFF|<!--.*?-->/gs, "").trim() === "";
}

interface ProseGroup {
  readonly key: string;
  readonly prose: ProseSegment | undefined;
  /** The cell that follows; undefined after the last. */
  readonly cell: CellSegment | undefined;
}

/** The notebook's cells, each with the prose before it, and the prose after the last. */
function groupProse({ segments }: Notebook): ProseGroup[] {
  const groups: ProseGroup[] = [];
  let key = "start";
  let prose: ProseSegment | undefined;
  for (const segment of segments) {
    if (segment.kind === "prose") prose = segment;
    if (segment.kind !== "cell") continue;
    groups.push({ key, prose, cell: segment });
    key = `after-${segment.id}`;
    prose = undefined;
  }
  return [...groups, { key, prose, cell: undefined }];
}
