import { useDesk } from "../lecture/desk.ts";
import { isBusy } from "../session/index.ts";
import type { CellModel } from "../session/index.ts";
import { LockIcon, PlayIcon, StopIcon } from "../shell/icons.tsx";

export interface RunButtonProps {
  readonly model: CellModel;
  readonly locked: boolean;
}

/** Runs the cell, or stops what runs while it does. */
export function RunButton({ model, locked }: RunButtonProps) {
  const { session, messages } = useDesk();
  const words = messages.value;
  const busy = isBusy(model.kernelState.value);
  const label = busy ? words.stopCell(model.id) : words.runCell(model.id);
  return (
    <button
      type="button"
      class="run-button needs-script"
      aria-label={label}
      title={locked ? words.locked : busy ? words.interrupt : `${words.run} (Shift Enter)`}
      aria-disabled={locked}
      data-busy={busy}
      onClick={() => {
        if (locked) return;
        void (busy ? session.interrupt() : session.run(model.id));
      }}
    >
      {locked ? <LockIcon /> : busy ? <StopIcon /> : <PlayIcon />}
    </button>
  );
}
