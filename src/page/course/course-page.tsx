import type { ReadonlySignal } from "@preact/signals";
import type { Course, CourseEntry } from "../../notebook/lecture.ts";
import type { Place, ProgressRow } from "../../storage/index.ts";
import { getIndexAddress, getLectureAddress, getReferenceAddress } from "../addresses.ts";
import { languages } from "../language.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import { LanguageLink } from "../shell/language-link.tsx";
import { ThemeButton } from "../shell/theme-button.tsx";
import { Wordmark } from "../shell/wordmark.tsx";
import type { Theme } from "../theme.ts";
import { CourseProgress } from "./course-progress.tsx";

export interface CoursePageProps {
  readonly course: Course;
  readonly base: string;
  readonly language: ReadonlySignal<Language>;
  readonly theme: ReadonlySignal<Theme>;
  /** What was reached, by lecture; empty until the browser's database has answered. */
  readonly progress: ReadonlySignal<ReadonlyMap<string, ProgressRow>>;
  /** Where the reader was last. */
  readonly place: ReadonlySignal<Place | undefined>;
  readonly onLanguage: (language: Language) => void;
  readonly onToggleTheme: () => void;
}

/** The course as a table of contents: every lecture with its question and how far the reader has come. */
export function CoursePage(props: CoursePageProps) {
  const { course, base, progress } = props;
  const language = props.language.value;
  const words = getMessages(language);
  const other = languages.find((name) => name !== language) ?? language;
  return (
    <>
      <header class="top-bar">
        <Wordmark href={getIndexAddress({ base, language })} label={words.course} />
        <div class="top-tools">
          <LanguageLink
            to={other}
            href={getIndexAddress({ base, language: other })}
            label={words.switchLanguage(other === "ko" ? "한국어" : "English")}
            onSwitch={props.onLanguage}
          />
          <div class="needs-script">
            <ThemeButton
              dark={props.theme.value === "dark"}
              label={words.darkTheme}
              onToggle={props.onToggleTheme}
            />
          </div>
        </div>
      </header>
      <main class="course" lang={language}>
        <div class="course-head">
          <h1>{course.title[language]}</h1>
          <p class="lead">{words.courseIntro}</p>
          <ContinueLink {...props} />
        </div>
        <h2 class="visually-hidden">{words.lectures}</h2>
        <ol class="course-list">
          {course.lectures.map((entry, number) => (
            <LectureRow
              key={entry.id}
              entry={entry}
              number={number}
              language={language}
              href={getLectureAddress(entry.id, { base, language })}
              progress={progress.value.get(entry.id)}
            />
          ))}
        </ol>
        <a class="course-reference" href={getReferenceAddress({ base, language })}>
          <strong>
            {words.reference}
            <span aria-hidden="true"> →</span>
          </strong>
          <span>{words.referenceIntro}</span>
        </a>
      </main>
    </>
  );
}

function ContinueLink({ course, base, language, place }: CoursePageProps) {
  const words = getMessages(language.value);
  const last = course.lectures.find(({ id, ready }) => ready && id === place.value?.lecture);
  const entry = last ?? course.lectures.find(({ ready }) => ready);
  if (!entry) return null;
  const anchor = last && place.value?.anchor ? `#${place.value.anchor}` : "";
  return (
    <a class="continue" href={`${getLectureAddress(entry.id, { base, language: language.value })}${anchor}`}>
      {last ? words.continueIn(entry.title[language.value]) : words.start}
      <span aria-hidden="true"> →</span>
    </a>
  );
}

interface LectureRowProps {
  readonly entry: CourseEntry;
  readonly number: number;
  readonly language: Language;
  readonly href: string;
  readonly progress: ProgressRow | undefined;
}

function LectureRow({ entry, number, language, href, progress }: LectureRowProps) {
  const words = getMessages(language);
  const title = entry.title[language];
  return (
    <li class="course-row" data-ready={entry.ready}>
      <span class="course-number" aria-hidden="true">
        {String(number).padStart(2, "0")}
      </span>
      <div class="course-words">
        <h3>{entry.ready ? <a href={href}>{title}</a> : title}</h3>
        <p>{entry.description[language]}</p>
      </div>
      <div class="course-meta">
        {entry.ready ? (
          entry.minutes !== undefined && <span>{words.minutes(entry.minutes)}</span>
        ) : (
          <span>{words.toCome}</span>
        )}
        {entry.ready && progress && <CourseProgress entry={entry} progress={progress} words={words} />}
      </div>
    </li>
  );
}
