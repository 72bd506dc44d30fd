/**
 * Runs before the first paint, and blocks it: the page must not flash in the other theme, nor a lecture before its app
 * view. A classic script, so it
 * imports nothing; what it reads is written by storage/settings.ts, and a test holds the two together.
 */
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
let chosen: unknown;
try {
  const settings: unknown = JSON.parse(localStorage.getItem("gongbu:settings") ?? "{}");
  chosen = (settings as { theme?: unknown }).theme;
} catch {
  // Nothing is kept, or it cannot be read: the system's theme it is.
  chosen = undefined;
}
document.documentElement.dataset.theme =
  chosen === "dark" || chosen === "light" ? chosen : dark ? "dark" : "light";

if (new URLSearchParams(location.search).get("view") === "app") document.documentElement.dataset.view = "app";

export {};
