import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Localized } from "../../kernels/runtime/localized.ts";
import { appearance } from "./appearance.ts";
import { koreanPhrases } from "./phrases.ts";
import { markProblems, type EditorProblem } from "./problem.ts";
import { RunKeys } from "./runKeys.ts";
import { setEntered, tabEntry } from "./tabEntry.ts";

export type EditorTheme = "light" | "dark";

export type EditorLanguage = keyof Localized;

export interface CodeEditorOptions {
  readonly parent: Element;
  readonly doc: string;
  /** The editor's name for a screen reader. */
  readonly ariaLabel: string;
  readonly theme: EditorTheme;
  /** The language of problems and of the search panel. Default "en". */
  readonly language?: EditorLanguage;
  readonly readOnly?: boolean;
  /** For a page whose policy allows styles by nonce only. */
  readonly cspNonce?: string;
  /** Marked from the start; `setProblem` and `setDiagnostics` take their place. */
  readonly diagnostics?: readonly EditorProblem[];
  /** After each change that the reader makes; `setDoc` is not told. */
  onChange(doc: string): void;
  /** Ctrl+Enter or Cmd+Enter. */
  onRun(): void;
  /** Shift+Enter. */
  onRunAndAdvance(): void;
  /** Escape, where it closes nothing of the editor's own. */
  onEscape?(): void;
}

export interface CodeEditorHandle {
  getDoc(): string;
  /** Replaces the document as one step that can be undone. */
  setDoc(doc: string): void;
  setProblem(problem: EditorProblem | null | undefined): void;
  setDiagnostics(problems: readonly EditorProblem[]): void;
  setTheme(theme: EditorTheme): void;
  setAriaLabel(label: string): void;
  setLanguage(language: EditorLanguage): void;
  /** The editor counts as entered: Tab indents. `at` is where the cursor goes; without it, it stays. */
  focus(at?: "start" | "end"): void;
  hasFocus(): boolean;
  destroy(): void;
}

/** Whoever creates the editor destroys it: it holds listeners and its element. */
export function createCodeEditor(options: CodeEditorOptions): CodeEditorHandle {
  const theme = new Compartment();
  const label = new Compartment();
  const words = new Compartment();
  let { language = "en", diagnostics: problems = [] } = options;
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.doc,
      extensions: [
        editing(options),
        theme.of(EditorView.darkTheme.of(options.theme === "dark")),
        label.of(labelled(options.ariaLabel)),
        words.of(wordsIn(language)),
      ],
    }),
  });
  const stopRunKeys = listenForRunKeys(view, options);
  const mark = () => view.dispatch(markProblems(view.state, { problems, language }));
  if (problems.length > 0) mark();

  return {
    getDoc: () => view.state.doc.toString(),
    setDoc(doc) {
      if (doc === view.state.doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: doc },
        annotations: byPage.of(true),
      });
    },
    setProblem(problem) {
      problems = problem ? [problem] : [];
      mark();
    },
    setDiagnostics(all) {
      problems = all;
      mark();
    },
    setTheme: (name) =>
      view.dispatch({ effects: theme.reconfigure(EditorView.darkTheme.of(name === "dark")) }),
    setAriaLabel: (name) => view.dispatch({ effects: label.reconfigure(labelled(name)) }),
    setLanguage(name) {
      language = name;
      view.dispatch({ effects: words.reconfigure(wordsIn(name)) });
      mark();
    },
    focus(at) {
      const anchor = at === "start" ? 0 : view.state.doc.length;
      view.focus();
      view.dispatch({
        effects: setEntered.of(true),
        ...(at ? { selection: { anchor }, scrollIntoView: true } : {}),
      });
    },
    hasFocus: () => view.hasFocus,
    destroy() {
      stopRunKeys();
      view.destroy();
    },
  };
}

/** A change that the page has made, and so knows of. */
const byPage = Annotation.define<boolean>();

function editing(options: CodeEditorOptions): Extension {
  const { onChange, onEscape, readOnly = false, cspNonce } = options;
  return [
    appearance,
    javascript({ typescript: true }),
    history(),
    search({ top: true }),
    indentUnit.of("  "),
    EditorState.tabSize.of(2),
    indentOnInput(),
    closeBrackets(),
    EditorState.readOnly.of(readOnly),
    cspNonce === undefined ? [] : EditorView.cspNonce.of(cspNonce),
    // The search and problem panels close before Escape leaves the editor.
    keymap.of([...closeBracketsKeymap, ...searchKeymap, ...lintKeymap]),
    tabEntry({ onEscape }),
    keymap.of([...historyKeymap, ...defaultKeymap]),
    EditorView.updateListener.of(({ docChanged, state, transactions }) => {
      if (docChanged && !transactions.every((one) => !one.docChanged || one.annotation(byPage))) {
        onChange(state.doc.toString());
      }
    }),
  ];
}

function wordsIn(language: EditorLanguage): Extension {
  return language === "ko" ? EditorState.phrases.of(koreanPhrases) : [];
}

function labelled(label: string): Extension {
  return EditorView.contentAttributes.of({ "aria-label": label });
}

/**
 * CodeMirror hands no key to its handlers while a composition is under way, so the run keys listen for themselves,
 * before it does. Returns what stops them.
 */
function listenForRunKeys(view: EditorView, { onRun, onRunAndAdvance }: CodeEditorOptions): () => void {
  const keys = new RunKeys({
    onRun,
    onRunAndAdvance,
    later(callback) {
      const timer = setTimeout(callback);
      return () => clearTimeout(timer);
    },
  });
  const listening = new AbortController();
  const capture = { capture: true, signal: listening.signal };
  const { dom, contentDOM } = view;
  dom.addEventListener(
    "keydown",
    (event) => {
      if (!(event.target instanceof Node && contentDOM.contains(event.target)) || !keys.keyDown(event))
        return;
      event.preventDefault();
      event.stopPropagation();
    },
    capture,
  );
  dom.addEventListener("keyup", (event) => keys.keyUp(event), capture);
  dom.addEventListener("compositionstart", () => keys.compositionStart(), capture);
  dom.addEventListener("compositionend", () => keys.compositionEnd(), capture);
  contentDOM.addEventListener("blur", () => keys.blur(), capture);
  return () => {
    listening.abort();
    keys.forget();
  };
}
