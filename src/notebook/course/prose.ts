/** The prose of a lecture in both languages, rendered, with one outline for both. */
import type { Localized } from "../../../kernels/runtime/localized.ts";
import type { TranslatedBlock } from "../format/index.ts";
import type { LectureHeading } from "../lecture.ts";
import { MarkdownError, renderProse, type Heading, type RenderedProse } from "../markdown/index.ts";
import { NotebookError, type ProseSegment } from "../notebook.ts";
import { courseError } from "./errors.ts";
import type { LectureNotebooks } from "./files.ts";

export interface LectureProse {
  /** One a block of prose. */
  readonly html: readonly Localized[];
  readonly headings: readonly LectureHeading[];
}

type ProseBlock = TranslatedBlock & { kind: "prose" };
type Segments = readonly (ProseSegment | undefined)[];

/** Renders the prose blocks. Throws where a formula cannot be read or the two languages' headings differ. */
export function renderLectureProse(
  blocks: readonly ProseBlock[],
  { english, korean }: LectureNotebooks,
): LectureProse {
  const originals = blocks.map(({ original }) => original);
  const translations = blocks.map(({ translation }) => translation);
  const en = render(originals, { path: english.path });
  const anchors = en.headings.map(({ anchor }) => anchor);
  const ko = render(translations, { path: korean.path, anchors });
  checkHeadings(en.headings, ko.headings, {
    path: korean.path,
    original: english.path,
    startOf: (source) => translations[source]?.line ?? 1,
  });

  const html = blocks.map((_block, index) => ({ en: en.html[index], ko: ko.html[index] }));
  const headings = en.headings.flatMap(({ anchor, level, text, nested }, index): LectureHeading[] => {
    if (nested || (level !== 2 && level !== 3)) return [];
    return [{ id: anchor, level, text: { en: text, ko: ko.headings[index].text } }];
  });
  return { html, headings };
}

function render(
  segments: Segments,
  { path, anchors }: { path: string; anchors?: readonly string[] },
): RenderedProse {
  try {
    return renderProse(
      segments.map((segment) => segment?.source ?? ""),
      { anchors },
    );
  } catch (error) {
    if (!(error instanceof MarkdownError)) throw error;
    const line = (segments[error.source]?.line ?? 1) + error.line - 1;
    throw new NotebookError({ path, line, code: error.code, text: error.text });
  }
}

interface CheckHeadingsOptions {
  readonly path: string;
  readonly original: string;
  /** The file's line on which a block of the translation begins. */
  readonly startOf: (source: number) => number;
}

/** The same headings between the same cells, of the same level; an anchor that the translation names is the original's. */
function checkHeadings(
  english: readonly Heading[],
  korean: readonly Heading[],
  { path, original, startOf }: CheckHeadingsOptions,
): void {
  for (let index = 0; index < Math.max(english.length, korean.length); index++) {
    const expected = english.at(index);
    const found = korean.at(index);
    const same =
      expected &&
      found &&
      expected.source === found.source &&
      expected.level === found.level &&
      (found.named ?? expected.anchor) === expected.anchor;
    if (same) continue;
    // The one that comes first is the one that the other file lacks.
    const isMissing = expected && (!found || found.source > expected.source);
    const isExtra = found && (!expected || expected.source > found.source);
    const line = isMissing ? startOf(expected.source) : startOf(found!.source) + found!.line - 1;
    throw courseError("translation-headings", {
      path,
      line,
      original,
      found: isMissing ? "" : written(found),
      expected: isExtra ? "" : written(expected),
    });
  }
}

function written(heading: Heading | undefined): string {
  if (!heading) return "";
  const { level, text, named } = heading;
  return `"${"#".repeat(level)} ${text}${named === undefined ? "" : ` {#${named}}`}"`;
}
