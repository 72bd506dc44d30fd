import type { ComponentChildren } from "preact";
import type { Inspected } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import "./value-line.css";

export interface ValueLineProps {
  readonly value: Inspected;
  readonly language: Language;
  /** Levels of content that are shown on the line. 0 shows the name and size only. Default 1. */
  readonly depth?: number;
}

/** How many items of a list or record a line shows. */
const SHOWN = 8;

/** A value on one line. */
export function ValueLine({ value, language, depth = 1 }: ValueLineProps) {
  const words = WORDS[language];
  switch (value.type) {
    case "primitive":
      if (value.of === "string") return <StringValue value={value} language={language} />;
      return <span class={`value-${value.of}`}>{depth > 0 ? value.text : shortenNumber(value.text)}</span>;
    case "function":
      return (
        <span class="value-name">{`${value.of === "class" ? "class" : "ƒ"} ${value.name || words.anonymous}`}</span>
      );
    case "date":
    case "regexp":
      return <span class="value-date">{value.text}</span>;
    case "error":
      return (
        <span class="value-error">
          {value.name}: {value.message}
        </span>
      );
    case "tensor":
      return <TensorValue value={value} language={language} />;
    case "list": {
      const shown = depth > 0 ? value.items.slice(0, SHOWN) : [];
      const name = value.name === "Array" && depth > 0 ? "" : value.name;
      return (
        <>
          <span class="value-name">{name}</span>
          {(name !== "" || value.length > SHOWN) && (
            <span class="value-size">({formatNumber(value.length)}) </span>
          )}
          <Contents brackets="[]" left={value.length - shown.length} shown={depth > 0}>
            {shown.map((item) => (
              <ValueLine value={item} language={language} depth={depth - 1} />
            ))}
          </Contents>
        </>
      );
    }
    case "record": {
      const shown = depth > 0 ? value.entries.slice(0, SHOWN) : [];
      const name = value.name === "Object" && depth > 0 ? "" : value.name;
      return (
        <>
          <span class="value-name">{name !== "" && depth > 0 ? `${name} ` : name}</span>
          {depth === 0 && <span class="value-size">({formatNumber(value.size)})</span>}
          <Contents brackets="{}" left={value.size - shown.length} shown={depth > 0}>
            {shown.map((entry) => (
              <>
                <KeyLine name={entry.key} language={language} />
                <ValueLine value={entry.value} language={language} depth={depth - 1} />
              </>
            ))}
          </Contents>
        </>
      );
    }
    case "elided":
      return (
        <span class="value-size">
          {value.why === "depth" ? `${value.name} …` : words[value.why](value.name)}
        </span>
      );
    default:
      return value satisfies never;
  }
}

/** What stands before a value: a property's name or a map's key. */
export function KeyLine({ name, language }: { name: Inspected | string; language: Language }) {
  return (
    <>
      {typeof name === "string" ? (
        <span class="value-key">{name}</span>
      ) : (
        <ValueLine value={name} language={language} depth={0} />
      )}
      <span class="value-mark">: </span>
    </>
  );
}

interface ContentsProps {
  readonly brackets: string;
  readonly left: number;
  readonly shown: boolean;
  readonly children: readonly ComponentChildren[];
}

function Contents({ brackets, left, shown, children }: ContentsProps) {
  if (!shown) return null;
  const parts = left > 0 ? [...children, "…"] : children;
  return (
    <>
      <span class="value-mark">{brackets[0]}</span>
      {parts.map((part, i) => (
        <>
          {i > 0 && <span class="value-mark">, </span>}
          {part}
        </>
      ))}
      <span class="value-mark">{brackets[1]}</span>
    </>
  );
}

function StringValue({
  value,
  language,
}: {
  value: Extract<Inspected, { type: "primitive" }>;
  language: Language;
}) {
  return (
    <>
      <span class="value-string">{JSON.stringify(value.text)}</span>
      {value.length !== undefined && (
        <span class="value-size"> … {WORDS[language].characters(formatNumber(value.length))}</span>
      )}
    </>
  );
}

function TensorValue({
  value,
  language,
}: {
  value: Extract<Inspected, { type: "tensor" }>;
  language: Language;
}) {
  const size = value.shape.reduce((product, length) => product * length, 1);
  const head = value.head.map((item) => (typeof item === "number" ? formatNumber(item) : String(item)));
  if (value.head.length < size) head.push("…");
  return (
    <>
      <span class="value-name">Tensor</span>
      <span class="value-shape"> [{value.shape.join(" × ")}]</span>
      <span class="value-size"> {value.dtype} </span>
      {value.disposed ? (
        <span class="value-error">{WORDS[language].disposed}</span>
      ) : (
        <span class="value-number">[{head.join(", ")}]</span>
      )}
    </>
  );
}

/** A number among others on a line: sixteen digits of a third tell less than six. */
function shortenNumber(text: string): string {
  const shorter = String(Number(Number(text).toPrecision(6)));
  return shorter !== "NaN" && shorter.length < text.length ? shorter : text;
}

const WORDS = {
  en: {
    anonymous: "(anonymous)",
    disposed: "disposed",
    characters: (count: string) => `${count} characters`,
    circular: (name: string) => `${name} (circular)`,
    getter: () => "(getter)",
  },
  ko: {
    anonymous: "(이름 없음)",
    disposed: "해제됨",
    characters: (count: string) => `총 ${count}자`,
    circular: (name: string) => `${name} (순환 참조)`,
    getter: () => "(게터)",
  },
};
