import type { TextOutput } from "../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "./language.ts";
import "./plain-text.css";
import { ScrollBox } from "./scroll-box.tsx";

/** One line is a sentence and wraps; of several, long ones scroll, so that columns made of spaces stay columns. */
export function PlainText({ output, language }: { output: TextOutput; language: Language }) {
  const text = inLanguage(output.text, language);
  if (!text.includes("\n")) return <p class="plain-line">{text}</p>;
  return (
    <ScrollBox label={LABEL[language]}>
      <pre class="plain-text">{text}</pre>
    </ScrollBox>
  );
}

const LABEL = { en: "Text", ko: "텍스트" };
