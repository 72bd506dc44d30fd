import type { SettingsStore } from "../storage/index.ts";

export type Theme = "light" | "dark";

/** The reader's choice, or what the system prefers. */
export function getTheme(settings: SettingsStore, prefersDark: boolean): Theme {
  return settings.get().theme ?? (prefersDark ? "dark" : "light");
}

/** Every colour hangs on this attribute; see styles/theme.css. */
export function applyTheme(theme: Theme, root: HTMLElement): void {
  root.dataset.theme = theme;
}

/** Gives the page its theme, and follows the system for as long as the reader has not chosen. */
export function followTheme(settings: SettingsStore, onTheme: (theme: Theme) => void): void {
  const query = matchMedia(prefersDarkQuery);
  const follow = () => {
    const theme = getTheme(settings, query.matches);
    applyTheme(theme, document.documentElement);
    onTheme(theme);
  };
  query.addEventListener("change", follow);
  follow();
}

const prefersDarkQuery = "(prefers-color-scheme: dark)";
