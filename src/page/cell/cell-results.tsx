import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useDesk } from "../lecture/desk.ts";
import { isBusy } from "../session/index.ts";
import type { CellModel, OutputSlot } from "../session/index.ts";
import { DrawnOutput } from "./drawn-output.tsx";

/** All that a cell shows: its outputs, what it printed, what went wrong. */
export function CellResults({ model }: { readonly model: CellModel }) {
  const { messages, renderers } = useDesk();
  const words = messages.value;
  const box = useKeptHeight(model);
  const problem = model.problem.value;
  const shown = model.shown.value;
  const lines = model.console.value;
  const errors = model.errors.value;
  const isCheck =
    model.verdict.value !== undefined && shown.every(({ output }) => output.value.kind === "inspect");
  const drawing = renderers.value;
  const { unshown } = model.program.value;
  const isEmpty = shown.length === 0 && lines.length === 0 && errors.length === 0 && !problem;
  if (isEmpty && unshown && model.state.value === "done") {
    return (
      <div class="cell-results" ref={box}>
        <p class="cell-hint">{words.unshown(unshown.line)}</p>
      </div>
    );
  }
  if (!drawing || isEmpty) {
    return <div class="cell-results" ref={box} />;
  }
  return (
    <div class="cell-results" ref={box} data-earlier={model.earlier.value}>
      {model.earlier.value && <p class="cell-earlier">{words.fromEarlierRun}</p>}
      {shown.length > 0 && !isCheck && (
        <div class="cell-outputs" role="group" aria-label={words.outputOf(model.id)}>
          {shown.map((slot) => (
            <SlotView key={`${slot.slot}:${slot.output.value.kind}`} slot={slot} model={model} />
          ))}
        </div>
      )}
      {lines.length > 0 && (
        <div class="cell-console" role="group" aria-label={words.consoleOf(model.id)}>
          {lines.map((line, index) => (
            <DrawnOutput key={index} output={line} model={model} />
          ))}
        </div>
      )}
      {errors.map((error, index) => (
        <DrawnOutput key={index} output={error} model={model} />
      ))}
      {problem && errors.length === 0 && (
        <DrawnOutput
          model={model}
          output={{
            kind: "error",
            error: {
              name: "CellProblem",
              code: problem.code,
              text: problem.text,
              cell: model.id,
              at: problem.at,
            },
          }}
        />
      )}
    </div>
  );
}

interface SlotViewProps {
  readonly slot: OutputSlot;
  readonly model: CellModel;
}

/** One output. Only it is drawn again when it changes. */
function SlotView({ slot, model }: SlotViewProps) {
  return <DrawnOutput output={slot.output.value} model={model} />;
}

/** While a run is under way its results are at least as high as those that they replace: the page does not jump. */
function useKeptHeight(model: CellModel) {
  const box = useRef<HTMLDivElement>(null);
  const wasBusy = useRef(false);
  useSignalEffect(() => {
    const busy = isBusy(model.kernelState.value);
    const element = box.current;
    if (!element || busy === wasBusy.current) return;
    wasBusy.current = busy;
    element.style.minHeight = busy ? `${element.offsetHeight}px` : "";
  });
  return box;
}
