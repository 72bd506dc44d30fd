import { getReferenceAddress, getSourceAddress } from "../addresses.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import type { SourceArticle } from "./article.ts";
import { ReferenceBar } from "./reference-bar.tsx";

export interface SourcePageProps {
  readonly source: SourceArticle;
  /** The module that the file belongs to, by name; files that several share belong to none. */
  readonly module: string | undefined;
  readonly base: string;
  readonly language: Language;
}

/** A file of the library as it is, each line with an anchor. */
export function SourcePage({ source, module, base, language }: SourcePageProps) {
  const words = getMessages(language);
  return (
    <>
      <ReferenceBar
        base={base}
        language={language}
        getAddress={(other) => getSourceAddress(source.file, { base, language: other })}
      />
      <main class="source-page" lang={language}>
        <p class="eyebrow">
          <a href={getReferenceAddress({ base, language }, module)}>
            <span aria-hidden="true">← </span>
            {module === undefined ? words.reference : `gongbu/${module}`}
          </a>
        </p>
        <h1>
          <code>{source.file}</code>
        </h1>
        <pre lang="en">
          <code>
            {source.lines.map((html, index) => (
              <span
                key={index}
                class="source-line"
                id={`L${index + 1}`}
                dangerouslySetInnerHTML={{ __html: `${html}\n` }}
              />
            ))}
          </code>
        </pre>
      </main>
    </>
  );
}
