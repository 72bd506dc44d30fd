import { useDesk } from "../lecture/desk.ts";
import type { CellModel, Conflict } from "../session/index.ts";

export interface ConflictChoiceProps {
  readonly model: CellModel;
  readonly conflict: Conflict;
}

/** Two versions of a cell side by side. Neither is lost until the reader has chosen. */
export function ConflictChoice({ model, conflict }: ConflictChoiceProps) {
  const { messages, keeping } = useDesk();
  const words = messages.value;
  const isTab = conflict.with === "tab";
  return (
    <div class="conflict" role="group" aria-label={isTab ? words.conflictTab : words.conflictCourse}>
      <p>{isTab ? words.conflictTab : words.conflictCourse}</p>
      <div class="conflict-versions">
        <figure>
          <figcaption>{words.mine}</figcaption>
          <pre tabIndex={0}>{model.source.value}</pre>
          <button
            type="button"
            class="button button-accent"
            onClick={() => keeping.value?.settle(model.id, "mine")}
          >
            {words.keepMine}
          </button>
        </figure>
        <figure>
          <figcaption>{isTab ? words.theirsTab : words.theirsCourse}</figcaption>
          <pre tabIndex={0}>{conflict.theirs}</pre>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => keeping.value?.settle(model.id, "theirs")}
          >
            {words.takeTheirs}
          </button>
        </figure>
      </div>
    </div>
  );
}
