import type { Localized } from "../../../kernels/runtime/localized.ts";
import { getErrorAddress, getIndexAddress } from "../addresses.ts";
import { languageNames, languages } from "../language.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import { LanguageLink } from "../shell/language-link.tsx";
import { Wordmark } from "../shell/wordmark.tsx";

/** What an error's code means, with a failing and a repaired example. */
export interface ErrorArticle {
  readonly code: string;
  /** Rendered when the site was built; it begins with the code as its heading. */
  readonly html: Localized;
}

export interface ErrorPageProps {
  readonly article: ErrorArticle;
  readonly base: string;
  readonly language: Language;
}

/** Plain HTML: it is read beside the lecture, in a tab of its own, and needs no script. */
export function ErrorPage({ article, base, language }: ErrorPageProps) {
  const words = getMessages(language);
  const index = getIndexAddress({ base, language });
  const other = languages.find((name) => name !== language) ?? language;
  return (
    <>
      <header class="top-bar">
        <Wordmark href={index} label={words.course} />
        <div class="top-tools">
          <LanguageLink
            to={other}
            href={getErrorAddress(article.code, { base, language: other })}
            label={words.switchLanguage(languageNames[other])}
          />
        </div>
      </header>
      <main class="course error-page" lang={language}>
        <p class="eyebrow">
          <a href={index}>
            <span aria-hidden="true">← </span>
            {words.course}
          </a>
        </p>
        <article class="prose" dangerouslySetInnerHTML={{ __html: article.html[language] }} />
      </main>
    </>
  );
}
