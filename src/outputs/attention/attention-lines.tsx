import type { AttentionPlotProps } from "./attention-map.tsx";
import { shorten, widthOf } from "./attention-map.tsx";
import { isAllowed, type Pointed } from "./attention-data.ts";

/** Pixels. */
const ROW = 24;
const BETWEEN = 200;
const GAP = 8;
/** A line fainter than that is not seen among the others. */
const FAINTEST = 0.03;

/** Two columns of tokens; a line from each that looks to each that it looks at, the stronger the more. */
export function AttentionLines({ view, matrix, pointed, onPoint }: AttentionPlotProps) {
  const { queries, keys } = view;
  const [left, right] = [widthOf(queries), widthOf(keys)];
  const width = left + BETWEEN + right + 2 * GAP;
  const height = Math.max(queries.length, keys.length) * ROW;
  const [from, to] = [left + GAP, left + GAP + BETWEEN];
  const middle = (index: number) => (index + 0.5) * ROW;
  const isOn = (query: number, key: number) =>
    (pointed?.query === undefined || pointed.query === query) &&
    (pointed?.key === undefined || pointed.key === key);
  const looks = matrix.flatMap((row, query) =>
    row.flatMap((weight, key) =>
      weight >= FAINTEST && isAllowed(view, query, key) ? [{ query, key, weight }] : [],
    ),
  );
  const point = (next: Pointed | undefined) => () => onPoint(next);

  return (
    <svg
      class="attention-lines"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      onPointerLeave={point(undefined)}
    >
      {looks.map(({ query, key, weight }) => (
        <path
          key={`${query}/${key}`}
          class="attention-line"
          data-on={isOn(query, key) ? "" : undefined}
          d={`M${from},${middle(query)}C${from + BETWEEN / 2},${middle(query)} ${to - BETWEEN / 2},${middle(key)} ${to},${middle(key)}`}
          style={{ strokeOpacity: isOn(query, key) ? weight : 0.04, strokeWidth: 1 + 3 * weight }}
        />
      ))}
      {queries.map((token, query) => (
        <Token
          key={`q${query}`}
          token={token}
          x={left}
          y={middle(query)}
          side="end"
          weight={pointed?.key === undefined ? undefined : matrix[query][pointed.key]}
          pointed={pointed?.query === query}
          onPoint={point({ query })}
        />
      ))}
      {keys.map((token, key) => (
        <Token
          key={`k${key}`}
          token={token}
          x={to + GAP}
          y={middle(key)}
          side="start"
          weight={pointed?.query === undefined ? undefined : matrix[pointed.query][key]}
          pointed={pointed?.key === key}
          onPoint={point({ key })}
        />
      ))}
    </svg>
  );
}

interface TokenProps {
  readonly token: string;
  readonly x: number;
  readonly y: number;
  readonly side: "start" | "end";
  /** How strongly this token and the one pointed at on the other side look at each other. */
  readonly weight: number | undefined;
  readonly pointed: boolean;
  readonly onPoint: () => void;
}

function Token({ token, x, y, side, weight, pointed, onPoint }: TokenProps) {
  const width = widthOf([token]) + 8;
  return (
    <g onPointerEnter={onPoint}>
      <rect
        class="attention-token-back"
        x={side === "end" ? x - width + 4 : x - 4}
        y={y - 11}
        width={width}
        height={22}
        rx="3"
        style={{ fillOpacity: weight === undefined ? 0 : Math.sqrt(weight) * 0.5 }}
      />
      <text
        class="attention-token"
        data-pointed={pointed ? "" : undefined}
        x={x}
        y={y}
        text-anchor={side}
        dominant-baseline="central"
      >
        {shorten(token)}
      </text>
    </g>
  );
}
