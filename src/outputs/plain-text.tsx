import type { TextOutput } from "../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "./language.ts";
import "./plain-text.css";
import { ScrollBox } from "./scroll-box.tsx";

/** Preformatted text: long lines scroll, so that columns made of spaces stay columns. */
export function PlainText({ output, language }: { output: TextOutput; language: Language }) {
  return (
    <ScrollBox label={LABEL[language]}>
      <pre class="plain-text">{inLanguage(output.text, language)}</pre>
    </ScrollBox>
  );
}

const LABEL = { en: "Text", ko: "텍스트" };
