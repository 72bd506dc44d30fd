import { useDesk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";
import { CellResults } from "./cell-results.tsx";
import { CellStatus } from "./cell-status.tsx";
import { RunButton } from "./run-button.tsx";

/** A cell in the app view: what it shows, and a button where it runs only when it is asked to. */
export function AppCell({ model }: { readonly model: CellModel }) {
  const { messages } = useDesk();
  const { attributes } = model.cell;
  const state = model.state.value;
  const onClick = attributes.run === "click";
  return (
    <section
      class="app-cell"
      data-cell={model.id}
      data-state={state}
      aria-label={messages.value.cell(model.id)}
    >
      {(onClick || state === "failed") && (
        <div class="app-cell-run">
          <RunButton model={model} locked={false} />
          <CellStatus model={model} locked={false} />
        </div>
      )}
      <CellResults model={model} />
    </section>
  );
}
