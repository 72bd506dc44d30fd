import { useEffect, useState } from "preact/hooks";
import type { Language } from "../language.ts";
import { TABLE_WORDS } from "./table-words.ts";

/** How long the button says what has happened, in milliseconds. */
const ANSWER_STAYS = 3000;

/** Puts a text on the clipboard, and says whether it worked. */
export function CopyButton({ getText, language }: { getText: () => string; language: Language }) {
  const words = TABLE_WORDS[language];
  const [answer, setAnswer] = useState<"copied" | "copyFailed">();

  useEffect(() => {
    if (answer === undefined) return;
    const timer = setTimeout(() => setAnswer(undefined), ANSWER_STAYS);
    return () => clearTimeout(timer);
  }, [answer]);

  const onClick = () => {
    // The clipboard is there only on https and on localhost.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) return setAnswer("copyFailed");
    clipboard.writeText(getText()).then(
      () => setAnswer("copied"),
      () => setAnswer("copyFailed"),
    );
  };
  return (
    <>
      <button type="button" class="output-button" onClick={onClick}>
        {words.copy}
      </button>
      <span role="status">{answer && words[answer]}</span>
    </>
  );
}
