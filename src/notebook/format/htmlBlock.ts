/** CommonMark's seven kinds of HTML block, of which only the first and the last line matter here. */

/** Tells whether a line ends the HTML block that it stands in; "blank" for one that a blank line ends. */
export type HtmlBlockEnd = RegExp | "blank";

const blockNames =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|" +
  "dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|" +
  "menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|" +
  "title|tr|track|ul";

const attribute = `\\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\\s*=\\s*(?:[^"'=<>\`\\x00-\\x20]+|'[^']*'|"[^"]*"))?`;

const kinds: readonly { start: RegExp; end: HtmlBlockEnd }[] = [
  { start: /^<(?:script|pre|style|textarea)(?=\s|>|$)/i, end: /<\/(?:script|pre|style|textarea)>/i },
  { start: /^<!--/, end: /-->/ },
  { start: /^<\?/, end: /\?>/ },
  { start: /^<![A-Za-z]/, end: />/ },
  { start: /^<!\[CDATA\[/, end: /\]\]>/ },
  { start: new RegExp(`^</?(?:${blockNames})(?=\\s|/?>|$)`, "i"), end: "blank" },
];

/** Any other complete tag alone on its line. */
const loneTag = new RegExp(
  `^(?:<[A-Za-z][A-Za-z0-9-]*(?:${attribute})*\\s*/?>|</[A-Za-z][A-Za-z0-9-]*\\s*>)\\s*$`,
);

/** What ends the HTML block that `line` (without its indent) begins, if it begins one. */
export function maybeHtmlBlock(
  line: string,
  { interruptsParagraph }: { interruptsParagraph: boolean },
): HtmlBlockEnd | undefined {
  if (!line.startsWith("<")) return undefined;
  const kind = kinds.find(({ start }) => start.test(line));
  if (kind) return kind.end;
  return !interruptsParagraph && loneTag.test(line) ? "blank" : undefined;
}
