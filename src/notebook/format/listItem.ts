/** The start of a list item, as CommonMark measures it. */

export interface ListItemStart {
  /** Columns after the line's own position that a later line needs to belong to the item. */
  readonly contentIndent: number;
  /** Columns up to the item's first content on this line. */
  readonly contentStart: number;
}

/** Reads a list marker after `indent` columns; `line` has its tabs expanded and begins with that indent. */
export function maybeListItem(
  line: string,
  { indent, interruptsParagraph }: { indent: number; interruptsParagraph: boolean },
): ListItemStart | undefined {
  const match = /^ *([*+-]|(\d{1,9})[.)])( *)(.*)$/s.exec(line);
  if (!match || indent > 3) return undefined;
  const [, marker, number, { length: spaces }, content] = match;
  const blank = content === "";
  if (!blank && spaces === 0) return undefined;
  if (interruptsParagraph && (blank || (number !== undefined && Number(number) !== 1))) return undefined;
  const afterMarker = indent + marker.length;
  // Five columns or more: one belongs to the marker, the rest to an indented code block.
  if (blank || spaces > 4) {
    return { contentIndent: afterMarker + 1, contentStart: afterMarker + Math.min(spaces, 1) };
  }
  return { contentIndent: afterMarker + spaces, contentStart: afterMarker + spaces };
}
