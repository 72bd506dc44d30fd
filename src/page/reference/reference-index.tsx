import { getIndexAddress, getReferenceAddress } from "../addresses.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import type { EntryArticle, ModuleArticle } from "./article.ts";
import { NameFilter } from "./name-filter.tsx";
import { ReferenceBar } from "./reference-bar.tsx";

export interface ReferenceIndexProps {
  readonly modules: readonly ModuleArticle[];
  readonly base: string;
  readonly language: Language;
}

/** Every name of every module with its summary: the page on which a name is looked up. */
export function ReferenceIndex({ modules, base, language }: ReferenceIndexProps) {
  const words = getMessages(language);
  return (
    <>
      <ReferenceBar
        base={base}
        language={language}
        getAddress={(other) => getReferenceAddress({ base, language: other })}
      />
      <main class="course reference-index" lang={language}>
        <p class="eyebrow">
          <a href={getIndexAddress({ base, language })}>
            <span aria-hidden="true">← </span>
            {words.course}
          </a>
        </p>
        <div class="course-head">
          <h1>{words.reference}</h1>
          <p class="lead">{words.referenceIntro}</p>
        </div>
        <NameFilter words={words} />
        {modules.map((module) => (
          <ModuleNames
            key={module.name}
            module={module}
            language={language}
            address={getReferenceAddress({ base, language }, module.name)}
          />
        ))}
      </main>
    </>
  );
}

interface ModuleNamesProps {
  readonly module: ModuleArticle;
  readonly language: Language;
  readonly address: string;
}

function ModuleNames({ module, language, address }: ModuleNamesProps) {
  const words = getMessages(language);
  const values = module.entries.filter(({ kind }) => kind !== "type");
  const types = module.entries.filter(({ kind }) => kind === "type");
  return (
    <section class="module-names" data-group>
      <h2>
        <a href={address}>
          <code>{module.specifier}</code>
        </a>
      </h2>
      <p class="module-summary" dangerouslySetInnerHTML={{ __html: module.summary[language] }} />
      <dl class="name-list">
        {values.map((entry) => (
          <NameRow key={entry.name} entry={entry} language={language} address={address} />
        ))}
      </dl>
      {types.length > 0 && (
        <p class="type-list" data-group>
          <span>{words.types}</span>
          {types.map(({ name }) => (
            <a key={name} href={`${address}#${name}`} data-name={name}>
              <code>{name}</code>
            </a>
          ))}
        </p>
      )}
    </section>
  );
}

function NameRow({ entry, language, address }: { entry: EntryArticle; language: Language; address: string }) {
  return (
    <div data-name={entry.name} data-words={wordsOf(entry)}>
      <dt>
        <a href={`${address}#${entry.name}`}>
          <code>{entry.name}</code>
        </a>
      </dt>
      <dd
        lang={language === "ko" && !entry.hasKorean ? "en" : undefined}
        dangerouslySetInnerHTML={{ __html: entry.summary[language] }}
      />
    </div>
  );
}

/** The summaries in both languages: a Korean reader may look for an English term. */
function wordsOf({ summary }: EntryArticle): string {
  return `${summary.en} ${summary.ko}`.replace(/<[^>]*>/g, "");
}
