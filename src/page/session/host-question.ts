import type { CellModel } from "./cell-model.ts";
import type { Session } from "./session.ts";
import type { PlainError } from "../../../kernels/runtime/display/output.ts";
import type { CellId } from "../../notebook/notebook.ts";

/**
 * Asks the reader about a host that a cell was refused. A cell could ask for hosts without end, or for another one while
 * the reader's finger is on the button: so a question stands until it is answered, and there is one for each time that
 * the reader has asked for something to be run.
 */
export function createHostQuestion(
  session: Pick<Session, "asked" | "notices" | "notify">,
): (host: string) => void {
  let last: number | undefined;
  return (host) => {
    const asked = session.asked.peek();
    if (asked === last || session.notices.peek().some(({ kind }) => kind === "host-refused")) return;
    last = asked;
    session.notify({ kind: "host-refused", host });
  };
}

/** The cell that failed because it was refused this host, where there is exactly one. */
export function maybeRefusedCell(cells: readonly CellModel[], host: string): CellId | undefined {
  const refused = cells.filter(({ errors }) => errors.value.some(({ error }) => isRefusal(error, host)));
  return refused.length === 1 ? refused[0].id : undefined;
}

function isRefusal({ code, text, cause }: PlainError, host: string): boolean {
  const words = typeof text === "string" ? text : text.en;
  if (code === "host-not-allowed" && words.includes(` ${host} `)) return true;
  return cause !== undefined && isRefusal(cause, host);
}
