import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { CodeEditorHandle, CodeEditorOptions } from "../../editor/index.ts";
import { focusCell } from "../lecture/cell-focus.ts";
import { useDesk } from "../lecture/desk.ts";
import type { Desk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";
import { StaticCode } from "./static-code.tsx";
import { putCaretAt } from "./caret.ts";
import type { Point } from "./caret.ts";

/** The code to read; where the reader begins to edit, an editor takes its place on the same lines. */
export function CellEditor({ model }: { readonly model: CellModel }) {
  const desk = useDesk();
  const { editing } = desk.getFace(model.id);
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditorHandle | undefined>(undefined);
  const clicked = useRef<Point | undefined>(undefined);
  const standing = useSignal(false);
  const failure = useSignal<string | undefined>(undefined);

  const wanted = editing.value;
  useEffect(() => {
    if (!wanted) return;
    if (editor.current) {
      editor.current.focus();
      editing.value = false;
      return;
    }
    let dropped = false;
    desk.services
      .loadEditor()
      .then((create) => {
        if (dropped || !place.current) return;
        editor.current = create(getEditorOptions({ desk, model, parent: place.current }));
        standing.value = true;
        failure.value = undefined;
        editing.value = false;
      })
      .catch((error: unknown) => {
        failure.value = error instanceof Error ? error.message : String(error);
        editing.value = false;
      });
    return () => {
      dropped = true;
    };
  }, [wanted]);

  // Once the static code is gone, and not before: then the editor stands where the reader has clicked.
  useLayoutEffect(() => {
    if (!standing.value) return;
    editor.current?.focus();
    if (clicked.current) putCaretAt(clicked.current);
  }, [standing.value]);

  // What changes the code from outside (back to the original, a solution, another tab) reaches the editor. At once and
  // not after a render: by then the reader has typed on, and would be set back.
  useSignalEffect(() => {
    const source = model.source.value;
    editor.current?.setDoc(source);
  });

  const problem = model.problem.value;
  useEffect(() => editor.current?.setProblem(problem), [problem, standing.value]);

  const language = desk.language.value;
  useEffect(() => {
    editor.current?.setLanguage(language);
    editor.current?.setAriaLabel(desk.messages.peek().codeOf(model.id));
  }, [language]);

  const theme = desk.theme.value;
  useEffect(() => editor.current?.setTheme(theme), [theme]);

  useEffect(() => () => editor.current?.destroy(), []);

  return (
    <div class="cell-code">
      {!standing.value && (
        <StaticCode
          model={model}
          onEdit={(point) => {
            clicked.current = point;
            desk.edit(model.id);
          }}
        />
      )}
      <div class="cell-editor" ref={place} />
      {failure.value !== undefined && (
        <p class="cell-hint" role="alert">
          {desk.messages.value.editorFailed(failure.value)}
        </p>
      )}
    </div>
  );
}

interface EditorPlace {
  readonly desk: Desk;
  readonly model: CellModel;
  readonly parent: HTMLElement;
}

function getEditorOptions({ desk, model, parent }: EditorPlace): CodeEditorOptions {
  const { session, messages, theme, language } = desk;
  return {
    parent,
    doc: model.source.peek(),
    ariaLabel: messages.peek().codeOf(model.id),
    theme: theme.peek(),
    language: language.peek(),
    onChange: (source) => session.edit(model.id, source),
    onRun: () => void session.run(model.id),
    onRunAndAdvance: () => focusCell(session.runAndAdvance(model.id) ?? model.id),
    onEscape: () => focusCell(model.id),
  };
}
