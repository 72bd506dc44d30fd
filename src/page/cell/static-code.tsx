import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useDesk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";
import type { Point } from "./caret.ts";

export interface StaticCodeProps {
  readonly model: CellModel;
  /** Where the reader has clicked. */
  readonly onEdit: (point: Point) => void;
}

/** Code as HTML: what a page without an editor shows. */
export function StaticCode({ model, onEdit }: StaticCodeProps) {
  const { messages, services } = useDesk();
  const source = model.source.value;
  const isOriginal = source === model.cell.source;
  const highlighted = useSignal<{ source: string; html: string } | undefined>(undefined);

  // Code brought back from an earlier visit is first plain, then coloured as the course's own is.
  useEffect(() => {
    if (isOriginal) return;
    let dropped = false;
    void services.highlight(source).then((html) => {
      if (!dropped) highlighted.value = { source, html };
    });
    return () => {
      dropped = true;
    };
  }, [source, isOriginal]);

  const html = isOriginal
    ? model.cell.codeHtml
    : highlighted.value?.source === source
      ? highlighted.value.html
      : undefined;
  const beginEditing = ({ clientX, clientY, target }: MouseEvent): void => {
    // An imported name leads to its reference.
    if (target instanceof Element && target.closest("a")) return;
    // A click that ends a selection is for copying.
    if (getSelection()?.isCollapsed ?? true) onEdit({ x: clientX, y: clientY });
  };
  return (
    <pre tabIndex={0} aria-label={messages.value.codeOf(model.id)} role="group" onClick={beginEditing}>
      {html === undefined ? (
        <code key="plain">{source}</code>
      ) : (
        <code key="html" dangerouslySetInnerHTML={{ __html: html }} />
      )}
    </pre>
  );
}
