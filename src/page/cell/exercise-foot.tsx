import { useSignal } from "@preact/signals";
import { useDesk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";
import { CheckIcon } from "../shell/icons.tsx";
import { Dialog } from "../shell/dialog.tsx";

export interface ExerciseFootProps {
  readonly model: CellModel;
  /** The exercise's name. */
  readonly name: string;
}

/** Under an exercise's stub: whether it is solved, and the way to a solution for who has tried. */
export function ExerciseFoot({ model, name }: ExerciseFootProps) {
  const { session, messages } = useDesk();
  const asking = useSignal(false);
  const words = messages.value;
  const solution = session.roles.solutions.get(name);
  const isSolution = solution !== undefined && model.source.value === solution.source;
  const attempt = session.attempts.value.get(name);
  const passed = session.progress.value.passed.includes(name);
  const close = () => (asking.value = false);
  return (
    <div class="cell-line">
      {passed && !isSolution && (
        <span class="cell-line-good">
          <CheckIcon /> {words.passedBefore}
        </span>
      )}
      {isSolution && <span>{words.solutionShown}</span>}
      {isSolution && attempt !== undefined && (
        <button type="button" class="button button-quiet" onClick={() => session.edit(model.id, attempt)}>
          {words.backToMine}
        </button>
      )}
      {isSolution ? (
        <button type="button" class="button button-quiet" onClick={() => session.revert(model.id)}>
          {words.backToOriginal}
        </button>
      ) : (
        solution && (
          <button
            type="button"
            class="button button-quiet needs-script"
            onClick={() => (asking.value = true)}
          >
            {words.showSolution}
          </button>
        )
      )}
      <Dialog
        title={words.solutionQuestion}
        closeLabel={words.close}
        open={asking.value}
        onClose={close}
        class="question"
      >
        <p>{words.solutionWarning}</p>
        <div class="dialog-actions">
          <button type="button" class="button button-quiet" onClick={close}>
            {words.keepTrying}
          </button>
          <button
            type="button"
            class="button button-accent"
            onClick={() => {
              close();
              session.showSolution(name);
            }}
          >
            {words.showIt}
          </button>
        </div>
      </Dialog>
    </div>
  );
}
