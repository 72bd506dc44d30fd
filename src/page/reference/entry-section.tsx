import { getSourceAddress } from "../addresses.ts";
import type { Language } from "../language.ts";
import { getMessages } from "../messages/index.ts";
import type { Messages } from "../messages/index.ts";
import type { EntryArticle, MemberArticle, OptionArticle } from "./article.ts";

export interface EntrySectionProps {
  readonly entry: EntryArticle;
  readonly base: string;
  readonly language: Language;
}

/** One exported name. The words of a docstring are English; its summary stands first in Korean on a Korean page. */
export function EntrySection({ entry, base, language }: EntrySectionProps) {
  const words = getMessages(language);
  const { name, kind, signature, html, options, members, examples, errors, sources, file, line } = entry;
  return (
    <section class="entry" id={name} data-name={name}>
      <h2>
        <a href={`#${name}`}>{name}</a>
        <span>{words.entryKinds[kind]}</span>
      </h2>
      {language === "ko" && entry.hasKorean && (
        <p class="entry-korean" dangerouslySetInnerHTML={{ __html: entry.summary.ko }} />
      )}
      <pre class="signature">
        <code dangerouslySetInnerHTML={{ __html: signature }} />
      </pre>
      {html !== "" && <div class="prose" lang="en" dangerouslySetInnerHTML={{ __html: html }} />}
      {options.map((group) => (
        <Options key={group.name} group={group} words={words} />
      ))}
      {members.length > 0 && (
        <>
          {kind === "class" && <h3>{words.members}</h3>}
          <Members members={members} />
        </>
      )}
      <Paragraphs title={words.errors} texts={errors} />
      {examples.length > 0 && <h3>{words.example}</h3>}
      {examples.map((code) => (
        <pre key={code} class="entry-example">
          <code dangerouslySetInnerHTML={{ __html: code }} />
        </pre>
      ))}
      <Paragraphs title={words.readOn} texts={sources} />
      <p class="entry-source">
        <a href={getSourceAddress(file, { base, language, line })}>
          {words.sourceCode}
          <span>{file}</span>
        </a>
      </p>
    </section>
  );
}

function Options({ group, words }: { readonly group: OptionArticle; readonly words: Messages }) {
  const { name, isAnchor, members, more } = group;
  return (
    <div class="entry-options" id={isAnchor ? name : undefined}>
      <h3>
        {words.options} <code>{name}</code>
      </h3>
      <Members members={members} />
      {more.map((link) => (
        <p key={link} class="entry-more">
          {words.alsoOptionsOf} <span dangerouslySetInnerHTML={{ __html: link }} />
        </p>
      ))}
    </div>
  );
}

function Members({ members }: { readonly members: readonly MemberArticle[] }) {
  if (members.length === 0) return null;
  return (
    <dl class="members">
      {members.map(({ code, html }) => (
        <div key={code}>
          <dt>
            <code dangerouslySetInnerHTML={{ __html: code }} />
          </dt>
          {html !== "" && <dd class="prose" lang="en" dangerouslySetInnerHTML={{ __html: html }} />}
        </div>
      ))}
    </dl>
  );
}

function Paragraphs({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {texts.map((html) => (
        <div key={html} class="prose" lang="en" dangerouslySetInnerHTML={{ __html: html }} />
      ))}
    </>
  );
}
