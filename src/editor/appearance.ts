import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/**
 * The editor takes the place of code that was rendered beforehand, with the same tok-… classes: font, line height and
 * colours are those of the element around it, and nothing is padded, so that taking over shows no jump.
 */
export const appearance: Extension = [
  syntaxHighlighting(classHighlighter),
  bracketMatching(),
  EditorView.theme({
    "&": { backgroundColor: "transparent", color: "inherit" },
    // The element around the editor shows where the focus is.
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "inherit", fontSize: "inherit", lineHeight: "inherit" },
    ".cm-content": { padding: "0", caretColor: "currentColor" },
    ".cm-line": { padding: "0" },
  }),
];
