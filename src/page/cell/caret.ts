/** A place in the window, in its own pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Puts the caret of what holds the focus where the reader has clicked; leaves it where no text is there. */
export function putCaretAt({ x, y }: Point): void {
  const range = maybeRangeAt({ x, y });
  if (range && document.activeElement?.contains(range.node))
    getSelection()?.collapse(range.node, range.offset);
}

/** The standard's way, and the older one of WebKit. */
function maybeRangeAt({ x, y }: Point): { readonly node: Node; readonly offset: number } | undefined {
  if ("caretPositionFromPoint" in document) {
    const position = document.caretPositionFromPoint(x, y);
    return position ? { node: position.offsetNode, offset: position.offset } : undefined;
  }
  const range = (document as Document).caretRangeFromPoint(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}
