import { useMemo } from "preact/hooks";
import type { BeamNode } from "../../../kernels/runtime/display/output.ts";
import { visibleToken } from "../tokens/token-text.ts";
import type { PlacedNode } from "./layout.ts";

/** Pixels. */
export const COLUMN = 152;
export const ROW = 34;
export const NODE = { width: 84, height: 24 };
/** The end of an edge, which is level so that its number can stand on it. */
const LEVEL = 34;
const LONGEST = 8;

export interface BeamColumnProps {
  readonly column: readonly PlacedNode[];
  readonly placed: readonly PlacedNode[];
  /** With what was dropped, or only what the search went on with. */
  readonly withDropped: boolean;
  /** Nodes whose descendants are all gone by this step are faint. */
  readonly now: number;
  readonly greedy: ReadonlySet<number>;
  readonly best: ReadonlySet<number>;
  readonly onPoint: (id: number) => void;
}

/** The candidates of one step, with the edges that lead to them. Drawn again only when something in it changes. */
export function BeamColumn(props: BeamColumnProps) {
  const { column, placed, withDropped, now, greedy, best, onPoint } = props;
  return useMemo(() => drawColumn(props), [column, placed, withDropped, now, greedy, best, onPoint]);
}

function drawColumn(props: BeamColumnProps) {
  const { column, placed, withDropped, now, greedy, best, onPoint } = props;
  const shown = column.filter(({ node }) => withDropped || node.fate === "kept" || node.fate === "finished");
  return (
    <g>
      {shown.map((place) => (
        <Edge
          key={place.id}
          place={place}
          parent={place.node.parent === null ? undefined : placed[place.node.parent]}
          onGreedy={greedy.has(place.id)}
          onBest={best.has(place.id)}
          isGone={place.lives < now}
        />
      ))}
      {shown.map(({ id, node, row, lives }) => (
        <g
          key={id}
          class="beam-node"
          data-id={id}
          data-fate={node.fate}
          data-gone={lives < now ? "" : undefined}
          data-best={best.has(id) ? "" : undefined}
          transform={`translate(${node.step * COLUMN} ${row * ROW + ROW / 2})`}
          onPointerEnter={() => onPoint(id)}
        >
          <rect class="beam-box" x={0} y={-NODE.height / 2} width={NODE.width} height={NODE.height} rx={4} />
          {node.fate === "finished" && (
            <rect
              class="beam-box-inner"
              x={3}
              y={-NODE.height / 2 + 3}
              width={NODE.width - 6}
              height={NODE.height - 6}
              rx={2}
            />
          )}
          <text class="beam-token" x={NODE.width / 2} text-anchor="middle" dominant-baseline="central">
            {shorten(node)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface EdgeProps {
  readonly place: PlacedNode;
  readonly parent: PlacedNode | undefined;
  readonly onGreedy: boolean;
  readonly onBest: boolean;
  readonly isGone: boolean;
}

/** From the parent's right side to the node's left, as thick as the token is likely, with its log-probability. */
function Edge({ place, parent, onGreedy, onBest, isGone }: EdgeProps) {
  const { node, row } = place;
  const from = { x: (node.step - 1) * COLUMN + NODE.width, y: ((parent?.row ?? 0) + 0.5) * ROW };
  const to = { x: node.step * COLUMN, y: (row + 0.5) * ROW };
  const bend = to.x - LEVEL;
  const middle = (from.x + bend) / 2;
  const path = `M${from.x},${from.y}C${middle},${from.y} ${middle},${to.y} ${bend},${to.y}H${to.x}`;
  return (
    <g
      class="beam-edge"
      data-fate={node.fate}
      data-gone={isGone ? "" : undefined}
      data-best={onBest ? "" : undefined}
    >
      {onGreedy && <path class="beam-greedy" d={path} />}
      <path class="beam-line" d={path} style={{ strokeWidth: 0.75 + 3 * Math.exp(node.logProbability) }} />
      <text class="beam-score" x={to.x - 4} y={to.y - 5} text-anchor="end">
        {node.logProbability.toFixed(2).replace("-", "−")}
      </text>
    </g>
  );
}

/** What ended, was pruned or forbidden has a sign of its own beside its line. */
const SIGNS = { kept: "", finished: "■ ", pruned: "✂ ", forbidden: "⊘ " };

function shorten({ token, fate }: BeamNode): string {
  const characters = [...visibleToken(token)];
  const longest = fate === "kept" ? LONGEST + 2 : LONGEST;
  const text =
    characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : characters.join("");
  return SIGNS[fate] + text;
}
