import { formatDuration } from "../durations.ts";
import { useDesk } from "../lecture/desk.ts";
import { isBusy } from "../session/index.ts";
import type { CellModel } from "../session/index.ts";
import { StateMark } from "./state-mark.tsx";

export interface CellStatusProps {
  readonly model: CellModel;
  readonly locked: boolean;
}

/** The cell's state and time. What is ordinary (not run, done) is only a mark; the rest is spelled out. */
export function CellStatus({ model, locked }: CellStatusProps) {
  const { messages } = useDesk();
  const words = messages.value;
  const kernelState = model.state.value;
  const state = locked ? "locked" : kernelState;
  const waitingFor = kernelState === "queued" ? model.waitingFor.value : [];
  const stateWords =
    state === "locked"
      ? words.locked
      : waitingFor.length > 0
        ? words.waitingFor(waitingFor.join(", "))
        : words.states[state];
  const showsTime =
    model.ms.value > 0 && (kernelState === "done" || kernelState === "failed" || isBusy(kernelState));
  return (
    <span class="cell-status">
      {model.edited.value && <span class="cell-edited">{words.edited}</span>}
      <StateMark state={state} words={stateWords} spelled={state !== "idle" && state !== "done"} />
      {showsTime && kernelState !== "queued" && (
        <span class="cell-time">{formatDuration(model.ms.value, words)}</span>
      )}
    </span>
  );
}
