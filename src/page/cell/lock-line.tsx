import { getCellAnchor } from "../addresses.ts";
import { useDesk } from "../lecture/desk.ts";
import { LockIcon } from "../shell/icons.tsx";

/** Why a cell cannot be run yet, and the way to what it waits for. */
export function LockLine({ bet }: { readonly bet: string }) {
  const { session, messages } = useDesk();
  const words = messages.value;
  const cell = session.roles.bets.get(bet);
  return (
    <p class="cell-line">
      <LockIcon />
      <span>{words.lockedByBet}</span>
      {cell !== undefined && <a href={`#${getCellAnchor(cell)}`}>{words.goToBet}</a>}
    </p>
  );
}
