import { useEffect, useRef, useState } from "preact/hooks";
import type { FigureOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { getFigureHeight, toFigure, type FigureOptions } from "./figure-data.ts";
import { createFigurePainter, type FigurePainter } from "./figure-painter.ts";
import { createFigureTemplate } from "./figure-template.ts";
import "./figure.css";
import { readPageColors } from "./page-colors.ts";
import { loadPlotly } from "./plotly.ts";

export interface FigureProps {
  readonly output: FigureOutput;
  readonly language: Language;
  readonly theme: "light" | "dark";
}

/** How near the figure must be to the part of the page in sight to be drawn: it is there when the reader arrives. */
const NEARBY = "200px";

/** A Plotly figure, updated in place for as long as it stands. */
export function Figure({ output, language, theme }: FigureProps) {
  const plot = useRef<HTMLDivElement>(null);
  const painter = useRef<FigurePainter>(undefined);
  const look = useRef<{ theme: string; template: FigureOptions["template"] }>(undefined);
  const [isDrawn, setDrawn] = useState(false);
  const [failure, setFailure] = useState<string>();
  const description = inLanguage(output.description, language);

  useEffect(() => {
    const element = plot.current;
    if (!element) return;
    const created = createFigurePainter(element, {
      load: loadPlotly,
      onDrawn: () => {
        setDrawn(true);
        // The caption says what the figure shows; its ticks, read out one by one, do not.
        for (const svg of element.querySelectorAll(".main-svg")) svg.setAttribute("aria-hidden", "true");
      },
      onError: (error) => setFailure(error instanceof Error ? error.message : String(error)),
    });
    painter.current = created;
    const stopWatching = watchVisibility(element, (visible) => created.setVisible(visible));
    const resizes = new ResizeObserver(() => created.refresh());
    resizes.observe(element);
    return () => {
      resizes.disconnect();
      stopWatching();
      created.dispose();
    };
  }, []);

  useEffect(() => {
    const element = plot.current;
    if (!element) return;
    setFailure(undefined);
    painter.current?.show(() => {
      // Reading colours makes the browser compute styles: once a theme, not with every point of a curve.
      if (look.current?.theme !== theme) {
        const touch = matchMedia("(pointer: coarse)").matches;
        look.current = { theme, template: createFigureTemplate(readPageColors(element), { touch }) };
      }
      const { template } = look.current;
      return toFigure(output, { language, template, width: element.clientWidth });
    });
  }, [output, language, theme]);

  return (
    <figure class={isDrawn ? "figure" : "figure figure-awaited"} aria-label={description}>
      <div ref={plot} class="figure-plot" style={{ "--height": `${getFigureHeight(output)}px` }} />
      {failure !== undefined && (
        <p class="figure-failure" role="alert">
          {FAILED[language]} {failure}
        </p>
      )}
      <figcaption class="output-hidden">{description}</figcaption>
    </figure>
  );
}

const FAILED = { en: "The figure could not be drawn:", ko: "그림을 그리지 못했습니다:" };

/** Calls back when the element comes near the reader's sight or leaves it, the tab's own visibility counted in. */
function watchVisibility(element: Element, onChange: (visible: boolean) => void): () => void {
  let near = false;
  const tell = () => onChange(near && document.visibilityState === "visible");
  const observer = new IntersectionObserver(
    (entries) => {
      near = entries[entries.length - 1].isIntersecting;
      tell();
    },
    { rootMargin: NEARBY },
  );
  observer.observe(element);
  document.addEventListener("visibilitychange", tell);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", tell);
  };
}
