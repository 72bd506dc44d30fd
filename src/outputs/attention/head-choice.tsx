import { useEffect, useRef } from "preact/hooks";
import type { AttentionMatrix, AttentionView } from "../../../kernels/runtime/display/output.ts";
import type { Theme } from "../output-view.tsx";
import { getMatrix, type HeadChoice } from "./attention-data.ts";

export interface HeadChoicesProps {
  readonly view: AttentionView;
  readonly choice: HeadChoice;
  readonly theme: Theme;
  readonly words: {
    readonly heads: string;
    readonly layer: (layer: number) => string;
    readonly head: (layer: number, head: number) => string;
    readonly meanOf: (layer: number) => string;
    readonly mean: string;
  };
  readonly onChoose: (choice: HeadChoice) => void;
}

/** Every layer's heads as small pictures, a row a layer, and the layer's mean before them. */
export function HeadChoices({ view, choice, theme, words, onChoose }: HeadChoicesProps) {
  const button = (layer: number, head: number | "mean") => (
    <button
      key={head}
      type="button"
      class="attention-head"
      aria-pressed={choice.layer === layer && choice.head === head}
      aria-label={head === "mean" ? words.meanOf(layer) : words.head(layer, head)}
      onClick={() => onChoose({ layer, head })}
    >
      <Thumbnail matrix={getMatrix(view, { layer, head })} theme={theme} />
      <span class="attention-head-name">{head === "mean" ? words.mean : head + 1}</span>
    </button>
  );
  return (
    <div class="attention-heads" role="group" aria-label={words.heads}>
      {view.weights.map((heads, layer) => (
        <div key={layer} class="attention-layer">
          <span class="output-label">{words.layer(layer)}</span>
          {heads.length > 1 && button(layer, "mean")}
          {heads.map((_, head) => button(layer, head))}
        </div>
      ))}
    </div>
  );
}

/** A matrix with a pixel a cell, scaled up by the browser. */
function Thumbnail({ matrix, theme }: { matrix: AttentionMatrix; theme: Theme }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width] = [matrix.length, matrix[0]?.length ?? 0];
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !canvas.current) return;
    context.clearRect(0, 0, width, height);
    context.fillStyle = getComputedStyle(canvas.current).color;
    matrix.forEach((row, y) =>
      row.forEach((weight, x) => {
        context.globalAlpha = Math.sqrt(weight);
        context.fillRect(x, y, 1, 1);
      }),
    );
  }, [matrix, theme, width, height]);
  return <canvas ref={canvas} class="attention-thumbnail" width={width} height={height} aria-hidden="true" />;
}
