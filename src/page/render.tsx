import { signal } from "@preact/signals";
import { renderToString } from "preact-render-to-string";
import type { JSX } from "preact";
import type { Course, Lecture } from "../notebook/lecture.ts";
import { CoursePage } from "./course/course-page.tsx";
import { ErrorPage } from "./errors/error-page.tsx";
import type { ErrorPageProps } from "./errors/error-page.tsx";
import type { AllowedHosts } from "./kernel/allowed-hosts.ts";
import { createDesk } from "./lecture/desk.ts";
import type { DeskServices } from "./lecture/desk.ts";
import { LecturePage } from "./lecture/lecture-page.tsx";
import type { Language } from "./language.ts";
import { getMessages } from "./messages/index.ts";
import { pageDataId, pageRootId, serializePageData } from "./page-data.ts";
import { ModulePage } from "./reference/module-page.tsx";
import type { ModulePageProps } from "./reference/module-page.tsx";
import { ReferenceIndex } from "./reference/reference-index.tsx";
import type { ReferenceIndexProps } from "./reference/reference-index.tsx";
import { SourcePage } from "./reference/source-page.tsx";
import type { SourcePageProps } from "./reference/source-page.tsx";
import type { Shelf } from "./shelf/shelf.ts";
import { createSession } from "./session/index.ts";
import type { Clock } from "./session/index.ts";

export interface RenderOptions {
  readonly course: Course;
  readonly language: Language;
  /** The site's own path, with its last slash. */
  readonly base: string;
}

export interface RenderedPage {
  /** What stands in the body, the data that the page's script needs included. */
  readonly html: string;
  readonly title: string;
  readonly description: string;
}

/** A lecture as it is before any script has run. */
export function renderLecturePage({
  lecture,
  ...page
}: RenderOptions & { readonly lecture: Lecture }): RenderedPage {
  const session = createSession({
    lecture,
    startKernel: refuse,
    loadCompiler: refuse,
    clock: stillClock,
    getDate: () => 0,
  });
  const desk = createDesk({
    ...page,
    lecture,
    session,
    hosts: noHosts,
    shelf: noShelf,
    services: stillServices,
  });
  const { language } = page;
  return {
    html: renderBody(<LecturePage desk={desk} />, page),
    title: `${lecture.title[language]} – ${getMessages(language).siteName}`,
    description: lecture.description[language],
  };
}

/** The course's table of contents as it is before any script has run. */
export function renderIndexPage(page: RenderOptions): RenderedPage {
  const { course, language, base } = page;
  const words = getMessages(language);
  const body = (
    <CoursePage
      course={course}
      base={base}
      language={signal(language)}
      theme={signal("light")}
      progress={signal(new Map())}
      place={signal(undefined)}
      onLanguage={refuse}
      onToggleTheme={refuse}
    />
  );
  return {
    html: renderBody(body, page),
    title: `${words.siteName} – ${words.siteTagline}`,
    description: words.courseIntro,
  };
}

/** A page about an error, which stays as it is rendered: no script takes it over. */
export function renderErrorPage(props: ErrorPageProps): RenderedPage {
  const { article, language } = props;
  const words = getMessages(language);
  return {
    html: renderToString(<ErrorPage {...props} />),
    title: `${article.code} – ${words.siteName}`,
    description: words.errorMeaning(article.code),
  };
}

/** The list of the library's modules and names. Of the reference's pages too only a small script takes over a part. */
export function renderReferenceIndex(props: ReferenceIndexProps): RenderedPage {
  const words = getMessages(props.language);
  return {
    html: renderToString(<ReferenceIndex {...props} />),
    title: `${words.reference} – ${words.siteName}`,
    description: words.referenceIntro,
  };
}

export function renderModulePage(props: ModulePageProps): RenderedPage {
  const { module, language } = props;
  return {
    html: renderToString(<ModulePage {...props} />),
    title: `${module.specifier} – ${getMessages(language).siteName}`,
    description: module.summary[language].replace(/<[^>]*>/g, ""),
  };
}

export function renderSourcePage(props: SourcePageProps): RenderedPage {
  const { source, language } = props;
  const words = getMessages(language);
  return {
    html: renderToString(<SourcePage {...props} />),
    title: `${source.file} – ${words.siteName}`,
    description: `${words.sourceCode}: ${source.file}`,
  };
}

function renderBody(body: JSX.Element, data: RenderOptions): string {
  const root = `<div id="${pageRootId}">${renderToString(body)}</div>`;
  // A data block is no script: the page's policy lets it stand.
  return `${root}<script type="application/json" id="${pageDataId}">${serializePageData(data)}</script>`;
}

function refuse(): never {
  throw new Error("renderLecturePage: a page that is only rendered runs nothing; open it in a browser.");
}

const stillClock: Clock = { now: () => 0, after: () => refuse, frame: () => refuse };

const noHosts: AllowedHosts = { list: signal([]), allow: refuse, remove: refuse, read: () => [] };

const noShelf: Shelf = {
  list: signal(undefined),
  answer: refuse,
  refresh: refuse,
  add: refuse,
  getZip: refuse,
  remove: refuse,
};

const stillServices: DeskServices = {
  chooseLanguage: refuse,
  chooseTheme: refuse,
  chooseSingleKeys: refuse,
  chooseView: refuse,
  loadEditor: refuse,
  maybeErrorPage: refuse,
  highlight: refuse,
  copyLink: refuse,
  openShelf: refuse,
  download: refuse,
};
