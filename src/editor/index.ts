export {
  createCodeEditor,
  type CodeEditorHandle,
  type CodeEditorOptions,
  type EditorLanguage,
  type EditorTheme,
} from "./editor.ts";
export { createLanguageClient, type LanguageClient, type LanguageClientOptions } from "./language.ts";
export type { EditorProblem } from "./problem.ts";
