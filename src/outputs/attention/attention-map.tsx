import { useId, useMemo } from "preact/hooks";
import type { AttentionMatrix, AttentionView } from "../../../kernels/runtime/display/output.ts";
import { visibleToken } from "../tokens/token-text.ts";
import { isAllowed, type Pointed } from "./attention-data.ts";

export interface AttentionPlotProps {
  readonly view: AttentionView;
  readonly matrix: AttentionMatrix;
  readonly pointed: Pointed | undefined;
  readonly onPoint: (pointed: Pointed | undefined) => void;
}

/** Pixels. */
const CHARACTER = 7.4;
const LONGEST_LABEL = 12;
const GAP = 6;

/** Rows look at columns: the darker a cell, the more. Masked cells are hatched. */
export function AttentionMap({ view, matrix, pointed, onPoint }: AttentionPlotProps) {
  const { queries, keys } = view;
  const hatch = useId();
  const size = Math.max(queries.length, keys.length) > 24 ? 16 : 24;
  const left = widthOf(queries) + GAP;
  const top = widthOf(keys) + GAP;
  const [width, height] = [left + keys.length * size + 2, top + queries.length * size + 2];

  // Hundreds of cells that do not change while the reader points at them.
  const cells = useMemo(
    () =>
      matrix.flatMap((row, query) =>
        row.map((weight, key) => (
          <rect
            key={`${query}/${key}`}
            x={left + key * size + 0.5}
            y={top + query * size + 0.5}
            width={size - 1}
            height={size - 1}
            class="attention-cell"
            style={
              isAllowed(view, query, key)
                ? { fillOpacity: Math.sqrt(weight) }
                : { fill: `url(#${hatch})`, fillOpacity: 1 }
            }
          />
        )),
      ),
    [matrix, view, hatch, size, left, top],
  );

  const onPointer = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (at: number, { start, count }: { start: number; count: number }) => {
      const index = Math.floor((at - start) / size);
      return index >= 0 && index < count ? index : undefined;
    };
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const key = place(x, { start: left, count: keys.length });
    const query = place(y, { start: top, count: queries.length });
    onPoint(key === undefined && query === undefined ? undefined : { key, query });
  };

  return (
    <svg
      class="attention-map"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      onPointerMove={onPointer}
      onPointerLeave={() => onPoint(undefined)}
    >
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line class="attention-hatch" x1="0" y1="0" x2="0" y2="4" />
        </pattern>
      </defs>
      {queries.map((token, query) => (
        <text
          key={query}
          class="attention-token"
          data-pointed={pointed?.query === query ? "" : undefined}
          x={left - GAP}
          y={top + (query + 0.5) * size}
          text-anchor="end"
          dominant-baseline="central"
        >
          {shorten(token)}
        </text>
      ))}
      {keys.map((token, key) => (
        <text
          key={key}
          class="attention-token"
          data-pointed={pointed?.key === key ? "" : undefined}
          transform={`translate(${left + (key + 0.5) * size} ${top - GAP}) rotate(-90)`}
          dominant-baseline="central"
        >
          {shorten(token)}
        </text>
      ))}
      <g class="attention-cells">{cells}</g>
      {pointed?.query !== undefined && (
        <rect
          class="attention-band"
          x={left}
          y={top + pointed.query * size}
          width={keys.length * size}
          height={size}
        />
      )}
      {pointed?.key !== undefined && (
        <rect
          class="attention-band"
          x={left + pointed.key * size}
          y={top}
          width={size}
          height={queries.length * size}
        />
      )}
    </svg>
  );
}

export function shorten(token: string): string {
  const visible = visibleToken(token);
  const characters = [...visible];
  return characters.length > LONGEST_LABEL ? `${characters.slice(0, LONGEST_LABEL - 1).join("")}…` : visible;
}

/** Hangul takes two characters' room. */
export function widthOf(tokens: readonly string[]): number {
  const columns = tokens.map((token) =>
    [...shorten(token)].reduce((sum, character) => sum + (character > "\u1100" ? 1.7 : 1), 0),
  );
  return Math.ceil(Math.max(2, ...columns) * CHARACTER);
}
