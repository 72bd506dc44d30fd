/** The library's reference, rendered for the site's pages: docstrings as HTML, and names in it as links to their entries. */
import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import {
  escapeHtml,
  highlightTypeScript,
  linkText,
  renderMarkdown,
  type CodeLink,
} from "../../notebook/markdown/index.ts";
import { readProjectLibrary } from "../../reference/project.ts";
import type { Docstring, Entry, Member, OptionGroup, ReferenceModule } from "../../reference/reference.ts";
import type {
  EntryArticle,
  MemberArticle,
  ModuleArticle,
  OptionArticle,
  SourceArticle,
} from "../reference/article.ts";

export interface ReferenceArticles {
  readonly modules: readonly ModuleArticle[];
  readonly sources: readonly SourceArticle[];
}

/** `root` is the project's, with a slash at its end. */
export async function loadReference(root: string): Promise<ReferenceArticles> {
  const modules = readProjectLibrary(root);
  return {
    modules: toArticles(modules),
    sources: await loadSources(modules, (file) => readFile(`${root}${file}`, "utf8")),
  };
}

export function toArticles(modules: readonly ReferenceModule[]): readonly ModuleArticle[] {
  const find = createFinder(modules);
  return modules.map((module) => {
    const write = createWriter((name) => find(name, module.name));
    const anchors = new Set<string>();
    const rest = module.doc.text.slice(module.doc.text.indexOf("\n\n")).trim();
    return {
      name: module.name,
      specifier: module.specifier,
      summary: write.summary(module.doc),
      html: module.doc.text.includes("\n\n") ? write.text(rest) : "",
      file: module.file,
      entries: module.entries.map((entry) => toEntryArticle(entry, { write, anchors })),
    };
  });
}

type FindAddress = (name: string) => string | undefined;
type Writer = ReturnType<typeof createWriter>;

/** Where a name is explained, seen from a module's page: in the module itself, or else where only one other has it. */
function createFinder(
  modules: readonly ReferenceModule[],
): (name: string, from: string) => string | undefined {
  const namesOf = ({ entries }: ReferenceModule) =>
    entries.flatMap(({ name, options }) => [name, ...options.map((group) => group.name)]);
  const owners = new Map<string, Set<string>>();
  for (const module of modules) {
    for (const name of namesOf(module)) owners.set(name, (owners.get(name) ?? new Set()).add(module.name));
  }
  return (name, from) => {
    const found = owners.get(name);
    if (!found) return undefined;
    if (found.has(from)) return `#${name}`;
    return found.size === 1 ? `../${[...found][0]}/#${name}` : undefined;
  };
}

function createWriter(find: FindAddress) {
  const linkTypes = (code: string, own?: string): CodeLink[] =>
    [...code.matchAll(/(?<![.\w$"'])[A-Z][\w$]*/g)].flatMap(({ 0: name, index }) => {
      const href = name === own ? undefined : find(name);
      return href === undefined ? [] : [{ from: index, to: index + name.length, href }];
    });
  const linkCalls = (code: string, own: string): CodeLink[] =>
    [...code.matchAll(/(?<![.\w$"'])([A-Za-z][\w$]*)(?=[(<])/g)].flatMap(({ 1: name, index }) => {
      const href = name === own ? undefined : find(name);
      // A function of another module may only be called alike.
      return href?.startsWith("#") ? [{ from: index, to: index + name.length, href }] : [];
    });
  const markdown = (text: string) => renderMarkdown(text, { invalidMath: "show" });
  const inline = (text: string) => markdown(text).replace(/^<p>([^]*)<\/p>\s*$/, "$1");
  return {
    /** Nothing in it is a link: it stands in one. */
    summary: ({ summary, korean }: Docstring) => ({ en: inline(summary), ko: inline(korean ?? summary) }),
    /** A name between backticks leads to its entry; another module's only if it can be no argument's (`tokens`, `text`). */
    text: (text: string) =>
      markdown(text).replace(
        /<code>(\w+)(\(\))?<\/code>/g,
        (code, name: string, call: string | undefined) => {
          const href = find(name);
          const isSure = href?.startsWith("#") || call !== undefined || /[A-Z]/.test(name);
          return href !== undefined && isSure ? `<a href="${href}">${code}</a>` : code;
        },
      ),
    signature: (code: string, own: string) => highlightTypeScript(code, { links: linkTypes(code, own) }),
    example: (code: string, own: string) => highlightTypeScript(code, { links: linkCalls(code, own) }),
    /** `samples?: number`: the name apart from the rest. */
    member: (code: string) => {
      const [, name, rest] = /^((?:static )?[\w$]*\??)([^]*)$/.exec(code)!;
      return `<b>${escapeHtml(name)}</b>${linkText(rest, { links: linkTypes(rest) })}`;
    },
    link: (name: string) => `<a href="${find(name) ?? "#"}"><code>${escapeHtml(name)}</code></a>`,
  };
}

function toEntryArticle(
  entry: Entry,
  { write, anchors }: { readonly write: Writer; readonly anchors: Set<string> },
): EntryArticle {
  const { name, kind, signature, doc, file, line } = entry;
  anchors.add(name);
  return {
    name,
    kind,
    summary: write.summary(doc),
    hasKorean: doc.korean !== undefined,
    signature: write.signature(signature, name),
    html: doc.text === "" ? "" : write.text(doc.text),
    options: entry.options.map((group) => toOptionArticle(group, { write, anchors })),
    members: entry.members.map((member) => toMemberArticle(member, write)),
    examples: doc.examples.map((code) => write.example(code, name)),
    errors: doc.errors.map(write.text),
    sources: doc.sources.map(write.text),
    file,
    line,
  };
}

function toOptionArticle(
  { name, members, more }: OptionGroup,
  { write, anchors }: { readonly write: Writer; readonly anchors: Set<string> },
): OptionArticle {
  const isAnchor = !anchors.has(name);
  anchors.add(name);
  return {
    name,
    isAnchor,
    members: members.map((member) => toMemberArticle(member, write)),
    more: more.map(write.link),
  };
}

function toMemberArticle({ code, doc }: Member, write: Writer): MemberArticle {
  return { code: write.member(code), html: doc.text === "" ? "" : write.text(doc.text) };
}

/** The files that declare the entries, and every file that these import. */
async function loadSources(
  modules: readonly ReferenceModule[],
  read: (file: string) => Promise<string>,
): Promise<readonly SourceArticle[]> {
  const texts = new Map<string, string>();
  const waiting = modules.flatMap(({ file, entries }) => [file, ...entries.map((entry) => entry.file)]);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (texts.has(file)) continue;
    const text = await read(file);
    texts.set(file, text);
    waiting.push(...findImports(text, file).map(({ imported }) => imported));
  }
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, text]) => {
      const here = addressOf(file);
      const links = findImports(text, file).map(({ imported, from, to }) => {
        return { from, to, href: `${posix.relative(here, addressOf(imported))}/` };
      });
      return { file, lines: highlightTypeScript(text.trimEnd(), { links }).split("\n") };
    });
}

function findImports(text: string, file: string): { imported: string; from: number; to: number }[] {
  return [...text.matchAll(/(?<=\bfrom ")\.[^"]+\.ts(?=")/g)].map(({ 0: path, index }) => ({
    imported: posix.join(posix.dirname(file), path),
    from: index,
    to: index + path.length,
  }));
}

/** As addresses.ts lays them out: a folder for each file. */
function addressOf(file: string): string {
  return file.replace(/\.ts$/, "");
}
