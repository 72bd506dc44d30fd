import { effect } from "@preact/signals";
import { hydrate } from "preact";
import "katex/dist/katex.min.css";
import { errorCodes } from "virtual:gongbu/errors";
import type { BackendName } from "../../kernels/runtime/protocol.ts";
import type { Lecture } from "../notebook/lecture.ts";
import { createSettings, openStore } from "../storage/index.ts";
import type { SettingsStore } from "../storage/index.ts";
import { createAllowedHosts } from "./kernel/allowed-hosts.ts";
import { measureBackends } from "./kernel/measure-backends.ts";
import { createBrowserServices, maybeFileAddress } from "./lecture/browser-services.ts";
import { createDesk } from "./lecture/desk.ts";
import type { Desk } from "./lecture/desk.ts";
import { LecturePage } from "./lecture/lecture-page.tsx";
import { loadRenderers } from "./lecture/load-renderers.ts";
import { maybeReadingPlace } from "./lecture/reading-place.ts";
import { getView, showView } from "./lecture/view.ts";
import { getMessages } from "./messages/index.ts";
import { pageDataId, pageRootId, parsePageData } from "./page-data.ts";
import type { PageData } from "./page-data.ts";
import {
  createBrowserClock,
  createHostQuestion,
  createSession,
  keepSession,
  measureBackendsOnce,
  watchStates,
} from "./session/index.ts";
import type { Compiler, StartKernel } from "./session/index.ts";
import { createShelf } from "./shelf/shelf.ts";
import { followTheme } from "./theme.ts";
import "./styles/page.css";

const root = getElement(pageRootId);
const data = parsePageData(getElement(pageDataId).textContent ?? "");
start(data).catch((error: unknown) => {
  // The prose stays readable; what cannot work is taken away, and the reader is told.
  document.documentElement.dataset.script = "failed";
  const line = document.createElement("p");
  line.className = "start-failed";
  line.role = "alert";
  line.textContent = getMessages(data.language).startFailed;
  root.prepend(line);
  throw error;
});

/** Takes over the rendered page, then brings back the reader's work. Nothing runs by itself. */
async function start({ course, language, base }: PageData): Promise<void> {
  const lecture = await fetchLecture();
  const settings = createSettings(() => localStorage);
  const hosts = createAllowedHosts(settings, lecture.id);
  const clock = createBrowserClock();
  const kept = settings.get().backendTimes;
  const store = openStore();
  const getDate = () => Date.now();
  const shelf = createShelf({ lecture: lecture.id, store, getDate });
  const startKernel: StartKernel = async (options) =>
    (await import("./kernel/connection.ts")).startKernel({
      ...options,
      base,
      answerShelf: shelf.answer,
      getAllowedHosts: hosts.read,
      onHostRefused: askAboutHost,
    });
  const session = createSession({
    lecture,
    clock,
    loadCompiler: createCompilerLoader(),
    getDate,
    backend: settings.get().backend,
    backendTimes: kept?.browser === navigator.userAgent ? kept.ms : undefined,
    startKernel,
  });
  const askAboutHost = createHostQuestion(session);
  const services = createBrowserServices({ settings, errorCodes, getDesk: () => desk });
  const desk: Desk = createDesk({ lecture, course, base, language, session, hosts, shelf, services });
  hydrate(<LecturePage desk={desk} />, root);
  document.documentElement.dataset.script = "ready";

  const followAddress = () => showView(desk, getView(location.search));
  followAddress();
  addEventListener("popstate", followAddress);
  followTheme(settings, (theme) => (desk.theme.value = theme));
  desk.singleKeys.value = settings.get().singleKeys ?? true;
  desk.downloadable.value = maybeFileAddress() !== undefined;
  const { latest } = watchStates(session.cells, clock);
  effect(() => {
    desk.announcements.value = latest.value;
  });
  effect(() => settings.set({ backend: session.chosenBackend.value }));
  measureBackendsOnce({
    session,
    clock,
    measure: () => measureBackends({ startKernel, candidates: getCandidates() }),
    keep: (ms) => settings.set({ backendTimes: { browser: navigator.userAgent, ms } }),
  });
  effect(() => {
    if (session.kernel.value === "off" && session.cells.every(({ slots }) => slots.value.length === 0))
      return;
    void loadRenderers().then((renderers) => (desk.renderers.value = renderers));
  });

  desk.keeping.value = await keepSession({ session, store: await store, clock, getDate });
  flushWhenLeaving(desk, settings);
  addEventListener("storage", () => hosts.read());
}

/** What may be fast here. WebGPU is asked for only where the browser has it. */
function getCandidates(): readonly BackendName[] {
  return "gpu" in navigator ? ["wasm", "webgl", "webgpu"] : ["wasm", "webgl"];
}

async function fetchLecture(): Promise<Lecture> {
  const link = document.querySelector<HTMLLinkElement>("link[rel=preload][data-lecture]");
  if (!link)
    throw new Error(
      "The page names no lecture: expected a link[rel=preload][data-lecture]; build the site again.",
    );
  const response = await fetch(link.href);
  if (!response.ok) throw new Error(`The lecture ${link.href} answered ${response.status}; reload the page.`);
  return (await response.json()) as Lecture;
}

/** The linker is small; the language worker, which is not, starts when the first edited cell is run. */
function createCompilerLoader(): () => Promise<Compiler> {
  let loading: Promise<Compiler> | undefined;
  let client: Promise<Pick<Compiler, "compile">> | undefined;
  return () =>
    (loading ??= import("../notebook/compile/link.ts").then(({ linkCells }) => ({
      link: linkCells,
      async compile(cell) {
        client ??= import("../editor/language.ts").then(({ createLanguageClient }) => createLanguageClient());
        return (await client).compile(cell);
      },
    })));
}

/** A tab that is hidden may never come back: what waits is saved, and where the reader is. */
function flushWhenLeaving(desk: Desk, settings: SettingsStore): void {
  const leave = () => {
    desk.keeping.peek()?.flush();
    settings.set({ place: { lecture: desk.lecture.id, anchor: maybeReadingPlace()?.anchor } });
  };
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
}

function getElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element "${id}"; build the site again.`);
  return element;
}
