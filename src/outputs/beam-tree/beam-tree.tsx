import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BeamFate, BeamTreeOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import { visibleToken } from "../tokens/token-text.ts";
import { BeamColumn, COLUMN, NODE, ROW } from "./beam-column.tsx";
import { BeamPool } from "./beam-pool.tsx";
import { BeamSteps } from "./beam-steps.tsx";
import "./beam-tree.css";
import { BEAM_TREE_WORDS } from "./beam-tree-words.ts";
import { isAlive, layOut, pathTo, type BeamLayout } from "./layout.ts";

export interface BeamTreeProps {
  readonly output: BeamTreeOutput;
  readonly language: Language;
}

const FATES: readonly BeamFate[] = ["kept", "finished", "pruned", "forbidden"];
/** Pixels around the column of the present step. */
const MARGIN = 10;
const NONE: ReadonlySet<number> = new Set();

/** A search that can be stepped through: what it kept, what ended, what it dropped and why, and greedy's path beside it. */
export function BeamTree({ output, language }: BeamTreeProps) {
  const words = BEAM_TREE_WORDS[language];
  const layout = useMemo(() => layOut(output), [output]);
  const last = output.steps.length;
  const [wantedStep, setStep] = useState(Infinity);
  const [playing, setPlaying] = useState(false);
  const [everything, setEverything] = useState(false);
  const [wantedNode, setPointed] = useState<number>();
  const step = Math.max(1, Math.min(wantedStep, last));
  const pointed = wantedNode !== undefined && wantedNode < output.nodes.length ? wantedNode : undefined;
  const greedy = useMemo(() => new Set(output.greedy), [output]);
  const best = useMemo(() => findBest(output), [output]);
  const box = useRef<HTMLDivElement>(null);

  // The step that is looked at is in sight, wherever the tree was scrolled to.
  useEffect(() => {
    const scroller = box.current?.parentElement;
    if (!scroller) return;
    scroller.scrollLeft = step * COLUMN + NODE.width + MARGIN - scroller.clientWidth;
  }, [step]);

  const go = (to: number) => {
    setStep(Math.max(1, Math.min(to, last)));
    setPointed(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = maybeMove(event.key, { step, pointed, layout, everything });
    if (!move) return;
    event.preventDefault();
    setPlaying(false);
    if (move.step !== undefined) go(move.step);
    if (move.node !== undefined) setPointed(move.node);
  };

  const rows = Math.max(
    everything ? layout.rows.all : layout.rows.alive,
    layout.columns[step - 1]?.length ?? 1,
  );
  const [width, height] = [last * COLUMN + NODE.width + MARGIN, rows * ROW];
  return (
    <figure class="beam-tree">
      <BeamSteps
        step={step}
        last={last}
        playing={playing}
        language={language}
        onStep={go}
        onPlay={setPlaying}
      />
      <label class="beam-everything">
        <input
          type="checkbox"
          checked={everything}
          onChange={({ currentTarget }) => setEverything(currentTarget.checked)}
        />
        {words.dropped}
      </label>
      <ScrollBox label={words.label}>
        <div
          ref={box}
          class="beam-plot"
          role="group"
          tabIndex={0}
          aria-label={`${words.label}. ${words.step(step, last)}. ${words.hint}`}
          onKeyDown={onKeyDown}
        >
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            <rect
              class="beam-now"
              x={step * COLUMN - MARGIN}
              y={0}
              width={NODE.width + 2 * MARGIN}
              height={height}
              rx={6}
            />
            <text class="beam-prompt" x={4} y={ROW / 2} dominant-baseline="central">
              {output.prompt === "" ? words.start : shorten(output.prompt)}
            </text>
            {layout.columns.slice(0, step).map((column, index) => (
              <BeamColumn
                key={index}
                column={column}
                placed={layout.placed}
                withDropped={everything || index === step - 1}
                // A column far behind looks the same at every step once all that goes on from it is settled.
                now={Math.min(step, settledAt(column))}
                greedy={greedy}
                best={step === last ? best : NONE}
                onPoint={setPointed}
              />
            ))}
            {pointed !== undefined && output.nodes[pointed].step <= step && (
              <Pointer id={pointed} output={output} layout={layout} />
            )}
          </svg>
        </div>
      </ScrollBox>
      <p class="beam-detail" role="status">
        {pointed === undefined ? words.hint : describe(pointed, { output, language })}
      </p>
      <Legend output={output} language={language} />
      <BeamPool output={output} step={step} language={language} />
      {output.caption !== undefined && (
        <figcaption class="output-caption">{inLanguage(output.caption, language)}</figcaption>
      )}
    </figure>
  );
}

/** The path from the prompt to the node that is pointed at. */
function Pointer({ id, output, layout }: { id: number; output: BeamTreeOutput; layout: BeamLayout }) {
  return (
    <g class="beam-pointer">
      {pathTo(id, output.nodes).map((at) => {
        const { node, row } = layout.placed[at];
        return (
          <rect
            key={at}
            x={node.step * COLUMN - 2}
            y={row * ROW + (ROW - NODE.height) / 2 - 2}
            width={NODE.width + 4}
            height={NODE.height + 4}
            rx={6}
          />
        );
      })}
    </g>
  );
}

function Legend({ output, language }: BeamTreeProps) {
  const words = BEAM_TREE_WORDS[language];
  const present = FATES.filter((fate) => output.nodes.some((node) => node.fate === fate));
  return (
    <div class="beam-legend" aria-hidden="true">
      {present.map((fate) => (
        <span key={fate} class="beam-legend-item" data-fate={fate}>
          <span class="beam-legend-box">{SIGNS[fate]}</span>
          {words.fates[fate]}
        </span>
      ))}
      {output.greedy.length > 0 && (
        <span class="beam-legend-item">
          <span class="beam-legend-greedy" />
          {words.greedy}
        </span>
      )}
      {output.returned.length > 0 && (
        <span class="beam-legend-item">
          <span class="beam-legend-best" />
          {words.best}
        </span>
      )}
    </div>
  );
}

const SIGNS = { kept: "", finished: "■", pruned: "✂", forbidden: "⊘" };

function describe(id: number, { output, language }: { output: BeamTreeOutput; language: Language }): string {
  const { token, fate, logProbability, total, score, why } = output.nodes[id];
  const words = BEAM_TREE_WORDS[language];
  const told = words.node({
    token: visibleToken(token),
    fate,
    probability: formatNumber(Math.exp(logProbability), { digits: 3 }),
    logProbability: formatNumber(logProbability, { digits: 2 }),
    total: formatNumber(total, { digits: 2 }),
    score: formatNumber(score, { digits: 3 }),
  });
  return `${told} ${words.fates[fate]}${why === undefined ? "" : `: ${inLanguage(why, language)}`}`;
}

/** The path to the best hypothesis that was returned. */
function findBest({ returned, hypotheses, nodes }: BeamTreeOutput): ReadonlySet<number> {
  if (returned.length === 0) return NONE;
  return new Set(pathTo(hypotheses[returned[0]].node, nodes));
}

function settledAt(column: BeamLayout["columns"][number]): number {
  return column.reduce((latest, { lives }) => (lives === Infinity ? latest : Math.max(latest, lives + 1)), 0);
}

interface Move {
  readonly step?: number;
  readonly node?: number;
}

interface Position {
  readonly step: number;
  readonly pointed: number | undefined;
  readonly layout: BeamLayout;
  readonly everything: boolean;
}

function maybeMove(key: string, { step, pointed, layout, everything }: Position): Move | undefined {
  const at = pointed === undefined ? undefined : layout.placed[pointed];
  const current = at?.node.step ?? step;
  const column = (layout.columns[current - 1] ?? []).filter(
    ({ node }) => everything || current === step || isAlive(node),
  );
  const place = at ? column.indexOf(at) : -1;
  switch (key) {
    case "ArrowLeft":
      return { step: step - 1 };
    case "ArrowRight":
      return { step: step + 1 };
    case "ArrowUp":
      return { node: column[Math.max(0, place - 1)]?.id };
    case "ArrowDown":
      return { node: column[Math.min(column.length - 1, place + 1)]?.id };
    case "Home":
      return { step: 1 };
    case "End":
      return { step: layout.columns.length };
    default:
      return undefined;
  }
}

function shorten(prompt: string): string {
  const characters = [...prompt];
  return characters.length > 11 ? `…${characters.slice(-10).join("")}` : prompt;
}
