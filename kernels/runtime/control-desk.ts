/** The controls that are on show: values come in by id, and a reader's setting outlives a new run of its cell. */
import type { Output } from "./display/output.ts";
import { childId, type Control } from "./inputs/control.ts";
import type { Run } from "./run.ts";

export interface Attachment {
  readonly inputId: string;
  readonly run: Run;
  /** Draws the control; called again whenever its drawing changes, until the run is stopped. */
  readonly draw: (output: Output) => void;
}

export interface ControlDesk {
  attach(control: Control<unknown>, attachment: Attachment): void;
  /** Gives a control the value that the page sent. Returns the run that shows it, if there is such a control. */
  receive(inputId: string, sent: unknown): void;
  runOf(inputId: string): Run | undefined;
  forget(run: Run): void;
}

export function createControlDesk(): ControlDesk {
  const shown = new Map<string, { control: Control<unknown>; run: Run }>();
  /** What the reader set, and the drawing of the control that it was set on: another control starts afresh. */
  const settings = new Map<string, { readonly drawn: string; sent: unknown }>();

  function register(control: Control<unknown>, inputId: string, run: Run): void {
    for (const { key, control: child } of control.children) register(child, childId(inputId, key), run);
    shown.set(inputId, { control, run });
    const drawn = JSON.stringify(control.output(inputId));
    const setting = settings.get(inputId);
    if (setting?.drawn !== drawn) settings.set(inputId, { drawn, sent: undefined });
    else if (setting.sent !== undefined) control.receive(setting.sent);
  }

  return {
    attach(control, { inputId, run, draw }) {
      register(control, inputId, run);
      const redraw = () => draw(control.output(inputId));
      control.addEventListener("input", redraw);
      control.addEventListener("draw", redraw);
      run.signal.addEventListener("abort", () => {
        if (run.stopped === "interrupted") return;
        control.removeEventListener("input", redraw);
        control.removeEventListener("draw", redraw);
      });
      redraw();
    },
    receive(inputId, sent) {
      const control = shown.get(inputId)?.control;
      if (!control) return;
      control.receive(sent);
      const setting = settings.get(inputId);
      // A click is an event, not a setting.
      if (setting && control.output(inputId).control.type !== "button") setting.sent = sent;
    },
    runOf: (inputId) => shown.get(inputId)?.run,
    forget(run) {
      for (const [inputId, entry] of shown) if (entry.run === run) shown.delete(inputId);
    },
  };
}
