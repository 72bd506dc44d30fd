import type { SourceSpan } from "../../kernels/runtime/program.ts";
import type { Language } from "./language.ts";

/** A place in a cell that an error or a log line points to. */
export interface Place {
  readonly cell?: string;
  readonly at?: SourceSpan;
}

export interface PlaceLinkProps {
  readonly place: Place;
  readonly language: Language;
  readonly onGoTo?: (place: Place) => void;
}

/** A place in words: a button where the page can go there. */
export function PlaceLink({ place, language, onGoTo }: PlaceLinkProps) {
  const words = describePlace(place, language);
  if (words === "") return null;
  if (!onGoTo) return <span>{words}</span>;
  return (
    <button type="button" class="output-button" onClick={() => onGoTo(place)}>
      {words}
    </button>
  );
}

export function describePlace({ cell, at }: Place, language: Language): string {
  const { cell: inCell, at: inSource } = WORDS[language];
  return [cell && inCell(cell), at && inSource(at)].filter(Boolean).join(", ");
}

const WORDS = {
  en: {
    cell: (cell: string) => `cell ${cell}`,
    at: ({ line, column }: SourceSpan) => `line ${line}, column ${column}`,
  },
  ko: {
    cell: (cell: string) => `셀 ${cell}`,
    at: ({ line, column }: SourceSpan) => `${line}행 ${column}열`,
  },
};
