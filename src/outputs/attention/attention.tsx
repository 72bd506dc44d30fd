import { useMemo, useState } from "preact/hooks";
import type {
  AttentionMatrix,
  AttentionOutput,
  AttentionView,
} from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import type { Theme } from "../output-view.tsx";
import { ScrollBox } from "../scroll-box.tsx";
import { Segments } from "../segments.tsx";
import { visibleToken } from "../tokens/token-text.ts";
import "./attention.css";
import {
  findStrongestKeys,
  findStrongestQueries,
  getMatrix,
  isAllowed,
  toExistingChoice,
  type HeadChoice,
  type Pointed,
} from "./attention-data.ts";
import { AttentionLines } from "./attention-lines.tsx";
import { AttentionMap } from "./attention-map.tsx";
import { ATTENTION_WORDS } from "./attention-words.ts";
import { HeadChoices } from "./head-choice.tsx";

export interface AttentionProps {
  readonly output: AttentionOutput;
  readonly language: Language;
  readonly theme: Theme;
}

/** Who looks at whom: a matrix or lines, for one head at a time, with all heads small beside it. */
export function Attention({ output, language, theme }: AttentionProps) {
  const words = ATTENTION_WORDS[language];
  const [chosenView, setView] = useState(0);
  const [form, setForm] = useState<"map" | "lines">("map");
  const [wanted, setChoice] = useState<HeadChoice>({ layer: Infinity, head: "mean" });
  const [pointed, setPointed] = useState<Pointed>();
  const view = output.views[Math.min(chosenView, output.views.length - 1)];
  const choice = toExistingChoice(view, wanted);
  const matrix = useMemo(() => getMatrix(view, choice), [view, choice.layer, choice.head]);
  const inside = maybeInside(pointed, view);
  const Plot = form === "map" ? AttentionMap : AttentionLines;
  const isSingle = view.weights.length === 1 && view.weights[0].length === 1;

  const onKeyDown = (event: KeyboardEvent) => {
    const next = maybeNeighbour(event.key, { from: inside, view });
    if (!next) return;
    event.preventDefault();
    setPointed(next);
  };

  return (
    <figure class="attention">
      <div class="attention-bar">
        {output.views.length > 1 && (
          <Segments
            label={words.views}
            options={output.views.map(({ name }, index) =>
              name === undefined ? String(index + 1) : inLanguage(name, language),
            )}
            chosen={output.views.indexOf(view)}
            onChoose={(index) => {
              setView(index);
              setPointed(undefined);
            }}
          />
        )}
        <Segments
          label={words.form}
          options={[words.map, words.lines]}
          chosen={form === "map" ? 0 : 1}
          onChoose={(index) => setForm(index === 0 ? "map" : "lines")}
        />
      </div>
      {!isSingle && (
        <HeadChoices view={view} choice={choice} theme={theme} words={words} onChoose={setChoice} />
      )}
      <ScrollBox label={words.label}>
        <div
          class="attention-plot"
          role="group"
          tabIndex={0}
          aria-label={`${words.label}. ${choice.head === "mean" ? words.meanOf(choice.layer) : words.head(choice.layer, choice.head)}. ${words.hint}`}
          onKeyDown={onKeyDown}
          onBlur={() => setPointed(undefined)}
        >
          <Plot view={view} matrix={matrix} pointed={inside} onPoint={setPointed} />
        </div>
      </ScrollBox>
      <p class="attention-detail" role="status">
        {inside ? describe(inside, { view, matrix, language }) : words.hint}
      </p>
      <p class="attention-legend">
        {form === "map" ? words.readMap : words.readLines}
        {view.mask && form === "map" && (
          <>
            <span class="attention-legend-mask" /> {words.masked}
          </>
        )}
      </p>
      {output.caption !== undefined && (
        <figcaption class="output-caption">{inLanguage(output.caption, language)}</figcaption>
      )}
    </figure>
  );
}

/** Weights of the strongest few are told: more is a list, no sentence. */
const TOLD = 3;

function describe(
  { query, key }: Pointed,
  { view, matrix, language }: { view: AttentionView; matrix: AttentionMatrix; language: Language },
): string {
  const words = ATTENTION_WORDS[language];
  const tell = (weight: number) => weight.toFixed(2);
  const [queryToken, keyToken] = [query, key].map((index, side) =>
    index === undefined ? "" : visibleToken((side === 0 ? view.queries : view.keys)[index]),
  );
  if (query !== undefined && key !== undefined) {
    return isAllowed(view, query, key)
      ? words.look({ query: queryToken, key: keyToken, weight: tell(matrix[query][key]) })
      : words.maskedLook({ query: queryToken, key: keyToken });
  }
  if (query !== undefined) {
    const keys = findStrongestKeys(matrix, query, TOLD);
    return words.looksAt(
      queryToken,
      keys.map(({ index, weight }) => ({ key: visibleToken(view.keys[index]), weight: tell(weight) })),
    );
  }
  const queries = findStrongestQueries(matrix, key!, TOLD);
  return words.lookedAtBy(
    keyToken,
    queries.map(({ index, weight }) => ({ query: visibleToken(view.queries[index]), weight: tell(weight) })),
  );
}

/** What is pointed at, unless it has gone with a new sentence. */
function maybeInside(pointed: Pointed | undefined, { queries, keys }: AttentionView): Pointed | undefined {
  if (!pointed) return undefined;
  const { query, key } = pointed;
  const gone = (query ?? 0) >= queries.length || (key ?? 0) >= keys.length;
  return gone ? undefined : pointed;
}

function maybeNeighbour(
  pressed: string,
  { from, view }: { from: Pointed | undefined; view: AttentionView },
): Pointed | undefined {
  const { query = 0, key = 0 } = from ?? {};
  const place = (nextQuery: number, nextKey: number) => ({
    query: Math.min(view.queries.length - 1, Math.max(0, nextQuery)),
    key: Math.min(view.keys.length - 1, Math.max(0, nextKey)),
  });
  const first = from === undefined;
  switch (pressed) {
    case "ArrowUp":
      return place(first ? 0 : query - 1, key);
    case "ArrowDown":
      return place(first ? 0 : query + 1, key);
    case "ArrowLeft":
      return place(query, first ? 0 : key - 1);
    case "ArrowRight":
      return place(query, first ? 0 : key + 1);
    case "Home":
      return place(query, 0);
    case "End":
      return place(query, view.keys.length - 1);
    default:
      return undefined;
  }
}
