import type { PlainError } from "../../kernels/runtime/display/output.ts";
import "./error-message.css";
import { inLanguage, type Language } from "./language.ts";
import { PlaceLink, type Place } from "./place.tsx";

export interface ErrorMessageProps {
  readonly error: PlainError;
  readonly language: Language;
  readonly onGoTo?: (place: Place) => void;
  readonly errorPage?: (code: string) => string | undefined;
}

/** An error of a cell: what is wrong, where, how it came there, and where it is explained. */
export function ErrorMessage(props: ErrorMessageProps) {
  return (
    <div class="error-message">
      <Message {...props} />
    </div>
  );
}

function Message({ error, language, onGoTo, errorPage }: ErrorMessageProps) {
  const { name, code, text, cell, at, frames, cause } = error;
  const words = WORDS[language];
  const href = code && errorPage?.(code);
  return (
    <>
      <span class="error-name">{name}</span>
      <p class="error-text">{inLanguage(text, language)}</p>
      {(cell || at || href) && (
        <p class="error-where">
          <PlaceLink place={{ cell, at }} language={language} onGoTo={onGoTo} />
          {href && (
            // A tab of its own: the reader's kernel, with all its values, stays where it is.
            <a href={href} target="_blank" rel="noopener" title={words.newTab}>
              {words.explained}
            </a>
          )}
        </p>
      )}
      {frames && frames.length > 0 && (
        <details class="error-frames">
          <summary>{words.frames(frames.length)}</summary>
          <ol>
            {frames.map((frame) => (
              <li>
                <code>{frame.name}</code>{" "}
                <PlaceLink place={{ cell: frame.cell, at: frame.at }} language={language} onGoTo={onGoTo} />
              </li>
            ))}
          </ol>
        </details>
      )}
      {cause && (
        <div class="error-cause">
          <span class="output-label">{words.cause}</span>
          <div>
            <Message error={cause} language={language} onGoTo={onGoTo} errorPage={errorPage} />
          </div>
        </div>
      )}
    </>
  );
}

const WORDS = {
  en: {
    explained: "What this error means",
    newTab: "Opens in a new tab",
    frames: (count: number) => `How it got there (${count} ${count === 1 ? "call" : "calls"})`,
    cause: "caused by",
  },
  ko: {
    explained: "이 오류의 뜻 보기",
    newTab: "새 탭에서 열립니다",
    frames: (count: number) => `호출 경로 (${count}단계)`,
    cause: "원인",
  },
};
