import { signal } from "@preact/signals";
import { hydrate } from "preact";
import { createSettings, openStore } from "../storage/index.ts";
import type { Place, ProgressRow } from "../storage/index.ts";
import { getIndexAddress } from "./addresses.ts";
import { CoursePage } from "./course/course-page.tsx";
import type { Language } from "./language.ts";
import { getMessages } from "./messages/index.ts";
import { pageDataId, pageRootId, parsePageData } from "./page-data.ts";
import { applyTheme, followTheme } from "./theme.ts";
import "./styles/page.css";

const root = document.getElementById(pageRootId);
const dataBlock = document.getElementById(pageDataId);
if (!root || !dataBlock) {
  throw new Error(`The page has no element "${pageRootId}" or "${pageDataId}"; build the site again.`);
}
const data = parsePageData(dataBlock.textContent ?? "");
const settings = createSettings(() => localStorage);
const language = signal(data.language);
const theme = signal<"light" | "dark">("light");
const place = signal<Place | undefined>(undefined);
const progress = signal<ReadonlyMap<string, ProgressRow>>(new Map());

function chooseLanguage(chosen: Language): void {
  const words = getMessages(chosen);
  settings.set({ language: chosen });
  language.value = chosen;
  document.documentElement.lang = chosen;
  document.title = `${words.siteName} – ${words.siteTagline}`;
  history.replaceState(
    null,
    "",
    getIndexAddress({ base: data.base, language: chosen }) + location.search + location.hash,
  );
}

function toggleTheme(): void {
  theme.value = theme.peek() === "dark" ? "light" : "dark";
  settings.set({ theme: theme.value });
  applyTheme(theme.value, document.documentElement);
}

hydrate(
  <CoursePage
    course={data.course}
    base={data.base}
    language={language}
    theme={theme}
    progress={progress}
    place={place}
    onLanguage={chooseLanguage}
    onToggleTheme={toggleTheme}
  />,
  root,
);

followTheme(settings, (followed) => (theme.value = followed));
place.value = settings.get().place;
// The course's bare address belongs to no language: a reader who chose one gets it.
const chosen = settings.get().language;
if (chosen && chosen !== data.language && data.language === "en") chooseLanguage(chosen);

const store = await openStore();
progress.value = new Map((await store.progress.list()).map((row) => [row.lecture, row]));
