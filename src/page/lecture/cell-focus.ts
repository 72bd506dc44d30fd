import { getCellAnchor } from "../addresses.ts";
import type { CellId } from "../../notebook/notebook.ts";

/** Puts the focus on a cell and brings it on the screen, without moving the page where it is on it already. */
export function focusCell(id: CellId): void {
  const element = document.getElementById(getCellAnchor(id));
  if (!element) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest", behavior: getScrollBehavior() });
}

/** The cell that holds the focus. */
export function maybeFocusedCell(): CellId | undefined {
  return document.activeElement?.closest<HTMLElement>("[data-cell]")?.dataset.cell as CellId | undefined;
}

/** The first cell that begins on the screen, for a reader who has not stood on one yet. */
export function maybeVisibleCell(): CellId | undefined {
  const cells = [...document.querySelectorAll<HTMLElement>("[data-cell]")];
  const cell = cells.find((element) => element.getBoundingClientRect().bottom > 80) ?? cells.at(-1);
  return cell?.dataset.cell as CellId | undefined;
}

export function getScrollBehavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
