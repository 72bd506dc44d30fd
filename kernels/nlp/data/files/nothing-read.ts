import { LearnerError, type Localized } from "../../error.ts";
import type { LineReport } from "./report.ts";

export interface NothingRead {
  readonly where: string;
  readonly dropped: readonly LineReport[];
  readonly expected: Localized;
  /** What to try where lines were there and none of them could be read. Default: to check that the file was read. */
  readonly remedy?: Localized;
}

/** What a reader throws that is left with nothing: the text was empty, or its lines were all dropped. */
export function nothingRead({ where, dropped, expected, remedy }: NothingRead): LearnerError {
  const [first] = dropped;
  return new LearnerError({
    code: first ? "malformed-table" : "empty-input",
    where,
    given: first
      ? {
          en: `No line could be read; line ${first.line}: ${first.reason.en}.`,
          ko: `읽을 수 있는 줄이 없습니다. ${first.line}행: ${first.reason.ko}.`,
        }
      : { en: "The text is empty.", ko: "글이 비어 있습니다." },
    expected,
    remedy: (first && remedy) ?? {
      en: "Check that the file was read.",
      ko: "파일을 제대로 읽었는지 확인하십시오.",
    },
  });
}
