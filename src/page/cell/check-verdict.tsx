import { getWords } from "../language.ts";
import { useDesk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";
import { CheckIcon } from "../shell/icons.tsx";

export interface CheckVerdictLineProps {
  readonly model: CellModel;
  readonly exercise: string;
}

/** What a check found. Not solved yet is no failure: it says what to try next. */
export function CheckVerdictLine({ model, exercise }: CheckVerdictLineProps) {
  const { session, messages, language } = useDesk();
  const words = messages.value;
  const verdict = model.verdict.value;
  if (!verdict) {
    const passed = session.progress.value.passed.includes(exercise);
    return <p class="cell-line">{passed ? words.passedBefore : words.runCheck}</p>;
  }
  const hint = verdict.passed || verdict.hint === undefined ? "" : getWords(verdict.hint, language.value);
  return (
    <p class="verdict" data-passed={verdict.passed} role="status">
      {verdict.passed && <CheckIcon />}
      <strong>{verdict.passed ? words.passed : words.notYet}</strong> {hint}
    </p>
  );
}
