import { getLectureAddress } from "../addresses.ts";
import { AppCell } from "../cell/app-cell.tsx";
import { languages } from "../language.ts";
import type { CellModel, Session } from "../session/index.ts";
import { PlayIcon, StopIcon } from "../shell/icons.tsx";
import { LanguageLink } from "../shell/language-link.tsx";
import { ThemeButton } from "../shell/theme-button.tsx";
import { useDesk } from "./desk.ts";
import { getViewAddress } from "./view.ts";

/** A lecture as an app: its controls and outputs, one button that starts it, and the way to the whole. */
export function AppPage() {
  const { lecture, base, session, language, messages, theme, services } = useDesk();
  const words = messages.value;
  const here = language.value;
  const other = languages.find((name) => name !== here) ?? here;
  const cells = findAppCells(session);
  const started = cells.some(({ run }) => run.value > 0);

  return (
    <main class="app" id="lecture">
      <header class="app-head">
        <h1>{lecture.title[here]}</h1>
        <div class="app-tools">
          <LanguageLink
            to={other}
            href={getLectureAddress(lecture.id, { base, language: other })}
            label={words.switchLanguage(other === "ko" ? "한국어" : "English")}
            onSwitch={services.chooseLanguage}
          />
          <ThemeButton
            dark={theme.value === "dark"}
            label={words.darkTheme}
            onToggle={() => services.chooseTheme(theme.peek() === "dark" ? "light" : "dark")}
          />
        </div>
      </header>
      {cells.length === 0 ? (
        <p>{words.appEmpty}</p>
      ) : (
        <div class="app-start">
          {session.busy.value ? (
            <button type="button" class="button button-quiet" onClick={() => void session.interrupt()}>
              <StopIcon />
              {words.interrupt}
            </button>
          ) : (
            <button
              type="button"
              class={started ? "button button-quiet" : "button button-accent"}
              onClick={() => cells.forEach(({ id }) => void session.run(id))}
            >
              <PlayIcon />
              {started ? words.appRestart : words.appStart}
            </button>
          )}
          {!started && <p>{words.appHint}</p>}
        </div>
      )}
      {cells.map((model) => (
        <AppCell key={model.id} model={model} />
      ))}
      <footer class="app-foot">
        <a
          href={typeof location === "undefined" ? "" : getViewAddress("lecture", location)}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            services.chooseView("lecture");
          }}
        >
          {words.lectureView}
        </a>
        <span>{words.siteName}</span>
      </footer>
    </main>
  );
}

/** The cells marked `app`; where none is, all but exercises, checks and what a bet locks. */
export function findAppCells({ cells }: Pick<Session, "cells">): readonly CellModel[] {
  const marked = cells.filter(({ cell }) => cell.attributes.app);
  if (marked.length > 0) return marked;
  return cells.filter(({ cell }) => {
    const { exercise, check, bet, after } = cell.attributes;
    return [exercise, check, bet, after].every((role) => role === undefined);
  });
}
