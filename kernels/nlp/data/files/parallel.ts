import { LearnerError, type Localized } from "../../error.ts";
import type { Row } from "../table.ts";
import type { DecodeTextOptions } from "./encoding.ts";
import { byLine, type LineReport, type ReadReport } from "./report.ts";
import { loadText, type DataSource } from "./source.ts";
import { cleanLines } from "./text-lines.ts";

export interface ParallelText<Side extends string = string> extends ReadReport {
  readonly columns: readonly Side[];
  /** One aligned line each: { ko: "…", en: "…" }. */
  readonly rows: readonly Readonly<Record<Side, string>>[];
}

/**
 * Reads aligned text: line n of one side means what line n of the other means. A line that is blank on one side only is
 * dropped and reported, so are the lines that one file has more than the other.
 *
 * @ko 같은 줄끼리 뜻이 같은 여러 언어의 글을 짝지어 읽습니다.
 * @example parseParallel({ en: "Hello.\n", ko: "안녕하세요.\n" }).rows // [{ en: "Hello.", ko: "안녕하세요." }]
 */
export function parseParallel<Side extends string>(
  sources: Readonly<Record<Side, string>>,
): ParallelText<Side> {
  return toParallel(sources, "parseParallel");
}

/**
 * `parseParallel` for files or URLs: `await readParallel({ en: "data/dev.en", ko: "data/dev.ko" })`.
 *
 * @ko 파일이나 URL에서 병렬 글을 읽습니다.
 */
export async function readParallel<Side extends string>(
  sources: Readonly<Record<Side, DataSource>>,
  options: DecodeTextOptions = {},
): Promise<ParallelText<Side>> {
  const where = "readParallel";
  const sides = Object.keys(sources) as Side[];
  const texts = await Promise.all(sides.map((side) => loadText(sources[side], { ...options, where })));
  const bySide = Object.fromEntries(sides.map((side, index) => [side, texts[index].text]));
  return toParallel(bySide as Record<Side, string>, where);
}

function toParallel<Side extends string>(
  sources: Readonly<Record<Side, string>>,
  where: string,
): ParallelText<Side> {
  const sides = Object.keys(sources) as Side[];
  const read = sides.map((side) => cleanLines(sources[side]));
  const lengths = read.map(({ lines }) => lines.findLastIndex((line) => line !== "") + 1);
  if (sides.length < 2 || lengths.some((length) => length === 0)) throw oneSided(where, { sides, lengths });

  const rows: Row[] = [];
  const dropped: LineReport[] = [];
  for (let index = 0; index < Math.max(...lengths); index++) {
    const texts = read.map(({ lines }) => lines[index] ?? "");
    const blank = texts.indexOf("");
    if (blank < 0) rows.push(Object.fromEntries(sides.map((side, s) => [side, texts[s]])));
    else if (texts.some((text) => text !== "")) {
      const shorter = lengths.findIndex((length) => index >= length);
      const reason = shorter >= 0 ? endedBefore(sides[shorter], lengths[shorter]) : blankSide(sides[blank]);
      dropped.push({ line: index + 1, reason, source: texts.join("\n") });
    }
  }
  const repaired = read.flatMap((side, s) =>
    side.repaired.map(({ reason, ...report }) => ({
      ...report,
      reason: { en: `${sides[s]}: ${reason.en}`, ko: `${sides[s]}: ${reason.ko}` },
    })),
  );
  return { columns: sides, rows: rows as Record<Side, string>[], dropped, repaired: byLine(repaired) };
}

function blankSide(side: string): Localized {
  return { en: `${side} is blank`, ko: `${side} 쪽이 비어 있음` };
}

function endedBefore(side: string, lines: number): Localized {
  return {
    en: `${side} ends at line ${lines}: lines before may be out of step, too`,
    ko: `${side} 쪽은 ${lines}행에서 끝남: 앞의 줄도 어긋나 있을 수 있음`,
  };
}

function oneSided(
  where: string,
  { sides, lengths }: { readonly sides: readonly string[]; readonly lengths: readonly number[] },
): LearnerError {
  const found = sides.map((side, index) => `${side} ${lengths[index]}`).join(", ");
  return new LearnerError({
    code: "empty-input",
    where,
    given: {
      en: `The sides have these lines: ${found || "none"}.`,
      ko: `각 쪽의 줄 수: ${found || "없음"}.`,
    },
    expected: {
      en: "Two sides or more are needed, each with some text.",
      ko: "글이 있는 쪽이 둘 이상 있어야 합니다.",
    },
    remedy: {
      en: "Name each side's text: { en: …, ko: … }.",
      ko: "{ en: …, ko: … }처럼 각 쪽의 글에 이름을 붙이십시오.",
    },
  });
}
