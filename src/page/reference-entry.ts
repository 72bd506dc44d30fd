/** The script of the reference's pages, which stay as they are rendered: the field that finds names, and the theme. */
import { createSettings } from "../storage/index.ts";
import { isLanguage } from "./language.ts";
import { getMessages } from "./messages/index.ts";
import { startFindingNames } from "./reference/find-names.ts";
import { applyTheme, followTheme } from "./theme.ts";
import "./styles/page.css";
import "./styles/reference.css";

const root = document.documentElement;
const settings = createSettings(() => localStorage);
const button = document.querySelector<HTMLButtonElement>(".theme-button");
const show = (theme: "light" | "dark") => button?.setAttribute("aria-pressed", String(theme === "dark"));

button?.addEventListener("click", () => {
  const theme = root.dataset.theme === "dark" ? "light" : "dark";
  settings.set({ theme });
  applyTheme(theme, root);
  show(theme);
});
followTheme(settings, show);

// The other language at the same name.
const other = document.querySelector<HTMLAnchorElement>(".language-link");
other?.addEventListener("click", () => {
  other.hash = location.hash;
  if (isLanguage(other.hreflang)) settings.set({ language: other.hreflang });
});

startFindingNames(document, getMessages(isLanguage(root.lang) ? root.lang : "en"));
