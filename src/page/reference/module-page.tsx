import { getReferenceAddress, getSourceAddress } from "../addresses.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import type { ModuleArticle } from "./article.ts";
import { EntrySection } from "./entry-section.tsx";
import { NameFilter } from "./name-filter.tsx";
import { ReferenceBar } from "./reference-bar.tsx";

export interface ModulePageProps {
  readonly module: ModuleArticle;
  readonly modules: readonly Pick<ModuleArticle, "name" | "specifier">[];
  readonly base: string;
  readonly language: Language;
}

/** What one module exports, each name with its signature, words, options and example. */
export function ModulePage({ module, modules, base, language }: ModulePageProps) {
  const words = getMessages(language);
  const site = { base, language };
  return (
    <>
      <ReferenceBar
        base={base}
        language={language}
        getAddress={(other) => getReferenceAddress({ base, language: other }, module.name)}
      />
      <div class="lecture reference">
        <nav class="reference-names" aria-label={words.contents}>
          <NameFilter words={words} />
          <ol>
            {module.entries.map(({ name, kind }) => (
              <li key={name} data-name={name} data-kind={kind}>
                <a href={`#${name}`}>{name}</a>
              </li>
            ))}
          </ol>
        </nav>
        <main class="lecture-text" lang={language}>
          <header class="reference-head">
            <p class="eyebrow">
              <a href={getReferenceAddress(site)}>
                <span aria-hidden="true">← </span>
                {words.reference}
              </a>
            </p>
            <h1>
              <code>{module.specifier}</code>
            </h1>
            <p class="lead" dangerouslySetInnerHTML={{ __html: module.summary[language] }} />
            {module.html !== "" && (
              <div class="prose" lang="en" dangerouslySetInnerHTML={{ __html: module.html }} />
            )}
            <p class="reference-origin">
              {words.referenceOrigin} <a href={getSourceAddress(module.file, site)}>{words.sourceCode}</a>
            </p>
          </header>
          {module.entries.map((entry) => (
            <EntrySection key={entry.name} entry={entry} base={base} language={language} />
          ))}
          <footer class="lecture-foot module-links">
            <h2>{words.modules}</h2>
            <ul>
              {modules.map(({ name, specifier }) => (
                <li key={name}>
                  <a
                    href={getReferenceAddress(site, name)}
                    aria-current={name === module.name ? "page" : undefined}
                  >
                    <code>{specifier}</code>
                  </a>
                </li>
              ))}
            </ul>
          </footer>
        </main>
      </div>
    </>
  );
}
