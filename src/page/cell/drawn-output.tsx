import type { Output } from "../../../kernels/runtime/display/output.ts";
import type { CellId } from "../../notebook/notebook.ts";
import { focusCell } from "../lecture/cell-focus.ts";
import { useDesk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";

export interface DrawnOutputProps {
  readonly output: Output;
  readonly model: CellModel;
}

/** An output drawn by its renderer; nothing while the renderers are on their way. */
export function DrawnOutput({ output, model }: DrawnOutputProps) {
  const { session, renderers, language, theme, services } = useDesk();
  const drawing = renderers.value;
  if (!drawing) return null;
  const { OutputView, ControlView } = drawing;
  const { bet } = model.cell.attributes;
  const committed = bet !== undefined && session.progress.value.bets.some(({ name }) => name === bet);
  return (
    <OutputView
      output={output}
      language={language.value}
      theme={theme.value}
      errorPage={(code) => services.maybeErrorPage(code, language.value)}
      onGoTo={({ cell }) => focusCell((cell ?? model.id) as CellId)}
      renderInput={(input) => (
        <ControlView
          output={input}
          language={language.value}
          disabled={committed || model.earlier.value}
          onValue={session.setInput}
        />
      )}
    />
  );
}
