import { useDesk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";
import { ChevronIcon } from "../shell/icons.tsx";
import { CellEditor } from "./cell-editor.tsx";

/** The code, which folds away. A details element, so that it also does where no script runs. */
export function CellCode({ model }: { readonly model: CellModel }) {
  const desk = useDesk();
  const { messages } = desk;
  const words = messages.value;
  const { folded } = desk.getFace(model.id);
  const lines = model.source.value.split("\n").length;
  return (
    <details
      class="cell-fold"
      open={!folded.value}
      onToggle={(event) => (folded.value = !event.currentTarget.open)}
    >
      <summary title={folded.value ? words.unfold : words.fold}>
        <span class="cell-name">{model.id}</span>
        <span class="cell-chevron">
          <ChevronIcon />
        </span>
        <span class="cell-lines">{words.lines(lines)}</span>
      </summary>
      <CellEditor model={model} />
    </details>
  );
}
