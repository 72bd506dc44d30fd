/** The tree of an inspected value as the rows that are in sight: what is drawn, and what the arrow keys walk. */
import type { Inspected } from "../../../kernels/runtime/display/output.ts";

/** Where a value stands in its tree: the indices that lead to it, joined by "/"; "" is the root. */
export type TreePath = string;

export interface TreeRow {
  readonly path: TreePath;
  readonly parent?: TreePath;
  /** 1 for the root. */
  readonly level: number;
  /** What stands before the value: a property's name, an index, a map's key. */
  readonly key?: Inspected | string;
  /** Undefined for the row that says how many more there are. */
  readonly value?: Inspected;
  /** How many items the kernel left out here. */
  readonly more?: number;
  readonly expandable: boolean;
  readonly open: boolean;
  /** Place among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
}

/** Whether there is something inside that can be opened. */
export function isExpandable(value: Inspected): boolean {
  return (
    (value.type === "list" && value.items.length > 0) || (value.type === "record" && value.entries.length > 0)
  );
}

/** The rows in sight, top to bottom, when the paths in `open` are open. */
export function getTreeRows(root: Inspected, open: ReadonlySet<TreePath>): TreeRow[] {
  const rows: TreeRow[] = [];
  visit({ path: "", level: 1, value: root, position: 1, siblings: 1 });
  return rows;

  function visit(place: Omit<TreeRow, "expandable" | "open"> & { value: Inspected }): void {
    const { value, path, level } = place;
    const expandable = isExpandable(value);
    const isOpen = expandable && open.has(path);
    rows.push({ ...place, expandable, open: isOpen });
    if (!isOpen) return;
    const children = getChildren(value);
    const more = countMore(value);
    const siblings = children.length + (more > 0 ? 1 : 0);
    children.forEach((child, i) =>
      visit({ ...child, path: `${path}/${i}`, parent: path, level: level + 1, position: i + 1, siblings }),
    );
    if (more > 0) {
      const place = { path: `${path}/more`, parent: path, level: level + 1, position: siblings, siblings };
      rows.push({ ...place, more, expandable: false, open: false });
    }
  }
}

export type TreeMove =
  { readonly focus: TreePath } | { readonly open: TreePath } | { readonly close: TreePath };

/** What a key does in a tree (WAI-ARIA's tree pattern), or nothing. */
export function maybeMove(key: string, rows: readonly TreeRow[], focused: TreePath): TreeMove | undefined {
  const index = rows.findIndex((row) => row.path === focused);
  if (index < 0) return undefined;
  const row = rows[index];
  switch (key) {
    case "ArrowDown":
      return focusOn(rows[index + 1]);
    case "ArrowUp":
      return focusOn(rows[index - 1]);
    case "Home":
      return focusOn(rows[0]);
    case "End":
      return focusOn(rows[rows.length - 1]);
    case "ArrowRight":
      if (!row.expandable) return undefined;
      return row.open ? focusOn(rows[index + 1]) : { open: row.path };
    case "ArrowLeft":
      if (row.open) return { close: row.path };
      return row.parent === undefined ? undefined : { focus: row.parent };
    case "Enter":
    case " ":
      if (!row.expandable) return undefined;
      return row.open ? { close: row.path } : { open: row.path };
    default:
      return undefined;
  }
}

function focusOn(row: TreeRow | undefined): TreeMove | undefined {
  return row && { focus: row.path };
}

function getChildren(value: Inspected): readonly { key: Inspected | string; value: Inspected }[] {
  if (value.type === "record") return value.entries;
  if (value.type === "list") return value.items.map((item, i) => ({ key: String(i), value: item }));
  return [];
}

function countMore(value: Inspected): number {
  if (value.type === "record") return value.size - value.entries.length;
  if (value.type === "list") return value.length - value.items.length;
  return 0;
}
