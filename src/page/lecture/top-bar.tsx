import { getIndexAddress, getLectureAddress, getReferenceAddress } from "../addresses.ts";
import { languages } from "../language.ts";
import {
  AppIcon,
  BookIcon,
  ContentsIcon,
  KeyboardIcon,
  MoreIcon,
  PlayAllIcon,
  RestartIcon,
  ShelfIcon,
  StopIcon,
} from "../shell/icons.tsx";
import { LanguageLink } from "../shell/language-link.tsx";
import { Menu } from "../shell/menu.tsx";
import type { MenuItem } from "../shell/menu.tsx";
import { ThemeButton } from "../shell/theme-button.tsx";
import { Wordmark } from "../shell/wordmark.tsx";
import { useDesk } from "./desk.ts";
import { KernelMenu } from "./kernel-menu.tsx";

export function TopBar() {
  const {
    lecture,
    base,
    session,
    language,
    messages,
    theme,
    services,
    shortcutsOpen,
    contentsOpen,
    downloadable,
  } = useDesk();
  const words = messages.value;
  const here = language.value;
  const other = languages.find((name) => name !== here) ?? here;
  const toggleTheme = () => services.chooseTheme(theme.peek() === "dark" ? "light" : "dark");
  const more: readonly MenuItem[] = [
    { label: theme.value === "dark" ? words.lightTheme : words.darkTheme, onSelect: toggleTheme },
    { label: words.appView, onSelect: () => services.chooseView("app") },
    { label: words.models, onSelect: () => void services.openShelf() },
    { label: words.shortcuts, keys: "?", onSelect: () => (shortcutsOpen.value = true) },
    { label: words.restart, keys: "0 0", onSelect: () => void session.restart() },
    ...(downloadable.value ? [{ label: words.download, onSelect: () => void services.download() }] : []),
  ];

  return (
    <header class="top-bar">
      <button
        type="button"
        class="button contents-button needs-script"
        aria-label={words.openContents}
        title={words.openContents}
        onClick={() => (contentsOpen.value = true)}
      >
        <ContentsIcon />
      </button>
      <Wordmark href={getIndexAddress({ base, language: here })} label={words.course} />
      <span class="top-title">{lecture.title[here]}</span>
      <div class="top-tools">
        <button
          type="button"
          class="button run-all needs-script"
          title={words.runAll}
          aria-label={words.runAll}
          onClick={() => void session.runAll()}
        >
          <PlayAllIcon />
          <span class="button-words">{words.runAll}</span>
        </button>
        <button
          type="button"
          class="button interrupt needs-script"
          title={`${words.interrupt} (i i)`}
          aria-label={words.interrupt}
          aria-disabled={!session.busy.value}
          onClick={() => void session.interrupt()}
        >
          <StopIcon />
        </button>
        <button
          type="button"
          class="button restart needs-script"
          title={`${words.restart} (0 0)`}
          aria-label={words.restart}
          onClick={() => void session.restart()}
        >
          <RestartIcon />
        </button>
        <div class="needs-script">
          <KernelMenu />
        </div>
        <span class="top-rule" />
        <LanguageLink
          to={other}
          href={getLectureAddress(lecture.id, { base, language: other })}
          label={words.switchLanguage(other === "ko" ? "한국어" : "English")}
          onSwitch={services.chooseLanguage}
        />
        <a
          class="button wide-tool"
          href={getReferenceAddress({ base, language: here })}
          // A tab of its own: the kernel, with all its values, stays where it is.
          target="_blank"
          rel="noopener"
          title={`${words.reference} (${words.opensNewTab})`}
          aria-label={words.reference}
        >
          <BookIcon />
        </a>
        <div class="wide-tool needs-script">
          <ThemeButton dark={theme.value === "dark"} label={words.darkTheme} onToggle={toggleTheme} />
        </div>
        <button
          type="button"
          class="button wide-tool needs-script"
          title={words.models}
          aria-label={words.models}
          onClick={() => void services.openShelf()}
        >
          <ShelfIcon />
        </button>
        <button
          type="button"
          class="button wide-tool needs-script"
          title={words.appView}
          aria-label={words.appView}
          onClick={() => services.chooseView("app")}
        >
          <AppIcon />
        </button>
        <button
          type="button"
          class="button wide-tool needs-script"
          title={`${words.shortcuts} (?)`}
          aria-label={words.shortcuts}
          onClick={() => (shortcutsOpen.value = true)}
        >
          <KeyboardIcon />
        </button>
        <div class="narrow-tool needs-script">
          <Menu label={words.more} items={more}>
            <MoreIcon />
          </Menu>
        </div>
      </div>
    </header>
  );
}
