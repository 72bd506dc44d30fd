import { useRef, useState } from "preact/hooks";
import type { Inspected } from "../../../kernels/runtime/display/output.ts";
import type { Language } from "../language.ts";
import { formatNumber } from "../number-format.ts";
import { ScrollBox } from "../scroll-box.tsx";
import "./inspect-tree.css";
import { getTreeRows, isExpandable, maybeMove, type TreePath, type TreeRow } from "./tree-rows.ts";
import { KeyLine, ValueLine } from "./value-line.tsx";

/** A value that can be opened level by level. What is open stays open when the value changes. */
export function InspectTree({ value, language }: { value: Inspected; language: Language }) {
  const words = WORDS[language];
  if (isExpandable(value)) return <Tree value={value} language={language} />;
  return (
    <ScrollBox class="inspect" label={words.label}>
      <ValueLine value={value} language={language} />
    </ScrollBox>
  );
}

function Tree({ value, language }: { value: Inspected; language: Language }) {
  const [open, setOpen] = useState<ReadonlySet<TreePath>>(new Set());
  const [focused, setFocused] = useState<TreePath>("");
  const tree = useRef<HTMLUListElement>(null);
  const rows = getTreeRows(value, open);
  // A value that has become smaller may have lost the focused row.
  const reachable = rows.some((row) => row.path === focused) ? focused : "";

  const setRowOpen = (path: TreePath, isOpen: boolean) => {
    const next = new Set(open);
    if (isOpen) next.add(path);
    else next.delete(path);
    setOpen(next);
  };
  const focusRow = (path: TreePath) => {
    setFocused(path);
    tree.current?.querySelector<HTMLElement>(`[data-path="${path}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const move = maybeMove(event.key, rows, reachable);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    if ("focus" in move) focusRow(move.focus);
    else if ("open" in move) setRowOpen(move.open, true);
    else setRowOpen(move.close, false);
  };

  return (
    <ScrollBox class="inspect" label={WORDS[language].label}>
      <ul
        ref={tree}
        class="inspect-tree"
        role="tree"
        aria-label={WORDS[language].label}
        onKeyDown={onKeyDown}
      >
        {rows.map((row) => (
          <li
            key={row.path}
            class="inspect-row"
            role="treeitem"
            data-path={row.path}
            style={{ "--level": row.level }}
            tabIndex={row.path === reachable ? 0 : -1}
            aria-level={row.level}
            aria-posinset={row.position}
            aria-setsize={row.siblings}
            aria-expanded={row.expandable ? row.open : undefined}
            onFocus={() => setFocused(row.path)}
            onClick={() => row.expandable && setRowOpen(row.path, !row.open)}
          >
            <span class="inspect-twist" aria-hidden="true" />
            <span>
              <RowLine row={row} language={language} />
            </span>
          </li>
        ))}
      </ul>
    </ScrollBox>
  );
}

function RowLine({ row, language }: { row: TreeRow; language: Language }) {
  if (!row.value) return <span class="value-size">{WORDS[language].more(formatNumber(row.more ?? 0))}</span>;
  return (
    <>
      {row.key !== undefined && <KeyLine name={row.key} language={language} />}
      <ValueLine value={row.value} language={language} depth={row.open ? 0 : 1} />
    </>
  );
}

const WORDS = {
  en: { label: "Value", more: (count: string) => `… ${count} more` },
  ko: { label: "값", more: (count: string) => `… ${count}개 더 있습니다` },
};
