import { useDesk } from "../lecture/desk.ts";
import { getChoice, isChosen } from "../session/index.ts";
import type { CellModel } from "../session/index.ts";
import { CheckIcon } from "../shell/icons.tsx";

export interface BetFootProps {
  readonly model: CellModel;
  readonly name: string;
}

/** Under a bet's control: the button that commits it, and afterwards that it stands. */
export function BetFoot({ model, name }: BetFootProps) {
  const { session, messages } = useDesk();
  const words = messages.value;
  if (session.progress.value.bets.some((bet) => bet.name === name)) {
    return (
      <p class="cell-line cell-line-good">
        <CheckIcon />
        <span>{words.betCommitted}</span>
      </p>
    );
  }
  const placed =
    !model.earlier.value && model.shown.value.some(({ output }) => output.value.kind === "input");
  if (!placed) return <p class="cell-line">{words.runToBet}</p>;
  const chosen = isChosen(getChoice(model, session.inputValues.value));
  return (
    <p class="cell-line">
      <button
        type="button"
        class="button button-accent"
        aria-disabled={!chosen}
        title={chosen ? undefined : words.chooseFirst}
        onClick={() => chosen && session.commitBet(name)}
      >
        {words.commitBet}
      </button>
    </p>
  );
}
