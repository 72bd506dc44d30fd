import type { Inspected, LogOutput } from "../../kernels/runtime/display/output.ts";
import { InspectTree } from "./inspect/inspect-tree.tsx";
import { isExpandable } from "./inspect/tree-rows.ts";
import { ValueLine } from "./inspect/value-line.tsx";
import type { Language } from "./language.ts";
import "./log-line.css";
import { formatNumber } from "./number-format.ts";
import { PlaceLink, type Place } from "./place.tsx";

export interface LogLineProps {
  readonly output: LogOutput;
  readonly language: Language;
  readonly onGoTo?: (place: Place) => void;
}

/** What one call of `console` printed. Strings stand as they are, as a console shows them. */
export function LogLine({ output, language, onGoTo }: LogLineProps) {
  const { level, parts, count, at } = output;
  const words = WORDS[language];
  return (
    <div class="log-line" data-level={level}>
      {level in words.levels && <span class="output-label log-level">{words.levels[level as "warn"]}</span>}
      <div class="log-parts">
        {parts.map((part, i) => (
          <>
            {i > 0 && " "}
            <Part part={part} language={language} />
          </>
        ))}
      </div>
      {count > 1 && (
        <span class="log-count" title={words.repeated(count)}>
          <span aria-hidden="true">×{formatNumber(count)}</span>
          <span class="output-hidden">{words.repeated(count)}</span>
        </span>
      )}
      {at && (
        <span class="log-place">
          <PlaceLink place={{ at }} language={language} onGoTo={onGoTo} />
        </span>
      )}
    </div>
  );
}

function Part({ part, language }: { part: Inspected; language: Language }) {
  if (part.type === "primitive" && part.of === "string")
    return <span>{part.text + (part.length ? "…" : "")}</span>;
  if (isExpandable(part)) return <InspectTree value={part} language={language} />;
  return <ValueLine value={part} language={language} />;
}

const WORDS = {
  en: {
    levels: { warn: "warning", error: "error", debug: "debug" },
    repeated: (count: number) => `repeated ${count} times`,
  },
  ko: {
    levels: { warn: "경고", error: "오류", debug: "디버그" },
    repeated: (count: number) => `${count}번 반복되었습니다`,
  },
};
