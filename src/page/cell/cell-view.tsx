import { getCellAnchor } from "../addresses.ts";
import { useDesk } from "../lecture/desk.ts";
import type { CellId } from "../../notebook/notebook.ts";
import { BetFoot } from "./bet-foot.tsx";
import { CellCode } from "./cell-code.tsx";
import { CellMenu } from "./cell-menu.tsx";
import { CellResults } from "./cell-results.tsx";
import { CellStatus } from "./cell-status.tsx";
import { CheckVerdictLine } from "./check-verdict.tsx";
import { ConflictChoice } from "./conflict-choice.tsx";
import { ExerciseFoot } from "./exercise-foot.tsx";
import { LockLine } from "./lock-line.tsx";
import { RunButton } from "./run-button.tsx";

/** A cell: its code, what may be done with it, and below it what it shows. */
export function CellView({ id }: { readonly id: CellId }) {
  const { session, messages } = useDesk();
  const words = messages.value;
  const model = session.getCell(id);
  const { attributes } = model.cell;
  const lock = session.locks.value.get(id);
  const role = getRole(attributes);

  return (
    <section
      class="cell"
      id={getCellAnchor(id)}
      data-cell={id}
      data-state={lock === undefined ? model.state.value : "locked"}
      data-role={role}
      tabIndex={-1}
      aria-label={words.cell(id)}
    >
      {role && (
        <p class="cell-role">{{ exercise: words.exercise, check: words.check, bet: words.yourBet }[role]}</p>
      )}
      <div class="cell-card">
        <RunButton model={model} locked={lock !== undefined} />
        <CellCode model={model} />
        <div class="cell-tools">
          <CellStatus model={model} locked={lock !== undefined} />
          <CellMenu model={model} />
        </div>
      </div>
      {lock !== undefined && <LockLine bet={lock} />}
      {model.conflict.value && <ConflictChoice model={model} conflict={model.conflict.value} />}
      <CellResults model={model} />
      {attributes.bet !== undefined && <BetFoot model={model} name={attributes.bet} />}
      {attributes.exercise !== undefined && <ExerciseFoot model={model} name={attributes.exercise} />}
      {attributes.check !== undefined && <CheckVerdictLine model={model} exercise={attributes.check} />}
    </section>
  );
}

function getRole(attributes: { exercise?: string; check?: string; bet?: string }) {
  if (attributes.exercise !== undefined) return "exercise";
  if (attributes.check !== undefined) return "check";
  return attributes.bet !== undefined ? "bet" : undefined;
}
