/** Reads the modules that cells import into the reference: names, signatures, docstrings, options. */
import ts from "typescript";
import { getMemberCode, getSignature, hasBody, isPublic } from "./declaration.ts";
import { emptyDocstring, parseDocstring } from "./docstring.ts";
import {
  isValue,
  type Docstring,
  type Entry,
  type EntryKind,
  type Member,
  type OptionGroup,
  type ReferenceModule,
} from "./reference.ts";
import { createSources, type Declared, type Sources } from "./sources.ts";

export interface ReadLibraryOptions {
  /** "gongbu/text" and the file that it is imported from, by path from the project's root. */
  readonly modules: readonly { readonly specifier: string; readonly file: string }[];
  /** The text of a file, by path from the project's root. */
  readonly readFile: (file: string) => string;
}

export function readLibrary({ modules, readFile }: ReadLibraryOptions): readonly ReferenceModule[] {
  const sources = createSources(readFile);
  return modules.map(({ specifier, file }) => {
    const all = shortenOptions(
      sources.findExports(file).map(({ name, ...declared }) => readEntry(name, { declared, sources })),
    );
    const shown = new Set(all.flatMap(({ options }) => options.map(({ name }) => name)));
    const entries = all.filter((entry) => isValue(entry) || !shown.has(entry.name));
    return {
      name: specifier.slice(specifier.indexOf("/") + 1),
      specifier,
      file,
      doc: readHeader(sources.parse(file)),
      entries: [...entries.filter(isValue), ...entries.filter((entry) => !isValue(entry))],
    };
  });
}

interface Reading {
  readonly declared: Declared;
  readonly sources: Sources;
}

function readEntry(name: string, { declared, sources }: Reading): Entry {
  const { file, nodes } = declared;
  const [node] = nodes;
  const parameters = nodes.flatMap(findParameters);
  return {
    name,
    kind: getKind(node),
    signature: getSignature(nodes),
    doc: readDocstring(nodes, `${file}: ${name}`),
    options: findOptions(parameters, { file, sources }),
    members: isAlias(node) ? [] : findMembers(declared, sources),
    file,
    line: node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1,
  };
}

/** Another name for a type that has an entry, or a page in another library, of its own. */
function isAlias(node: ts.Declaration): boolean {
  return ts.isTypeAliasDeclaration(node) && ts.isTypeReferenceNode(node.type);
}

function getKind(node: ts.Declaration): EntryKind {
  if (ts.isFunctionDeclaration(node)) return "function";
  if (ts.isClassDeclaration(node)) return "class";
  return ts.isVariableDeclaration(node) ? "constant" : "type";
}

/** A module's own docstring stands above its first statement. */
function readHeader(source: ts.SourceFile): Docstring {
  const [first] = ts.getLeadingCommentRanges(source.text, 0) ?? [];
  const comment = first && source.text.slice(first.pos, first.end);
  return comment?.startsWith("/**") ? parseDocstring(comment, { where: source.fileName }) : emptyDocstring;
}

function readDocstring(nodes: readonly ts.Node[], where: string): Docstring {
  for (const node of nodes) {
    const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
    if (comment) return parseDocstring(comment.getText(), { where });
  }
  return emptyDocstring;
}

/** Of a function; of a class, those of its constructor and its methods. */
function findParameters(node: ts.Node): readonly ts.ParameterDeclaration[] {
  if (ts.isFunctionLike(node)) return node.parameters.filter((item) => ts.isParameter(item));
  return ts.isClassDeclaration(node) ? node.members.filter(isPublic).flatMap(findParameters) : [];
}

/** The types named …Options and …Spec among the parameters', each once. */
function findOptions(
  parameters: readonly ts.ParameterDeclaration[],
  { file, sources }: { readonly file: string; readonly sources: Sources },
): OptionGroup[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) names.add(node.typeName.text);
    ts.forEachChild(node, visit);
  };
  for (const { type } of parameters) if (type) visit(type);
  return [...names].flatMap((name) => {
    if (!/(?:Options|Spec)$/.test(name)) return [];
    const declared = sources.maybeDeclared(file, name);
    const members = declared ? findMembers(declared, sources) : [];
    return members.length > 0 ? [{ name, members, more: [] }] : [];
  });
}

/** Above so many, options that several entries share are listed once. */
const FEW = 6;

/** Options that another entry shows are named instead of listed again, where they are many. */
function shortenOptions(entries: readonly Entry[]): readonly Entry[] {
  const groups = new Map(entries.flatMap(({ options }) => options).map((group) => [group.name, group]));
  const long = [...groups.values()].filter(({ members }) => members.length > FEW);
  const listed = new Set<string>();
  return entries.map((entry) => ({
    ...entry,
    options: entry.options.map(({ name, members }) => {
      if (listed.has(name) && members.length > FEW) return { name, members: [], more: [name] };
      listed.add(name);
      const has = new Set(members.map(({ code }) => code));
      const base = long.find(
        (other) => other.name !== name && other.members.every(({ code }) => has.has(code)),
      );
      if (!base) return { name, members, more: [] };
      const shared = new Set(base.members.map(({ code }) => code));
      return { name, members: members.filter(({ code }) => !shared.has(code)), more: [base.name] };
    }),
  }));
}

/** What a class, an interface or an object type has; of types also what they inherit. */
function findMembers({ file, nodes }: Declared, sources: Sources): Member[] {
  const members = nodes.flatMap((node): Member[] => {
    if (ts.isClassDeclaration(node)) return findClassMembers(node, file);
    if (ts.isInterfaceDeclaration(node)) {
      const inherited = node.heritageClauses?.flatMap(({ types }) => types) ?? [];
      return [
        ...node.members.map((member) => readMember(member, { owner: node.name.text, file })),
        ...inherited.flatMap((type) => findTypeMembers(type, { file, sources })),
      ];
    }
    return ts.isTypeAliasDeclaration(node) ? findTypeMembers(node.type, { file, sources }) : [];
  });
  const first = (name: string) => members.find((member) => member.name === name);
  return members.filter((member) => member.name === "" || first(member.name)!.code === member.code);
}

/** Of an object type, of several joined by `&`, of a named one, and of `Omit` and `Pick` of these. */
function findTypeMembers(
  type: ts.TypeNode,
  place: { readonly file: string; readonly sources: Sources },
): Member[] {
  if (ts.isTypeLiteralNode(type)) {
    return type.members.map((member) => readMember(member, { owner: "", file: place.file }));
  }
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((part) => findTypeMembers(part, place));
  if (!ts.isTypeReferenceNode(type) && !ts.isExpressionWithTypeArguments(type)) return [];
  const name = (ts.isTypeReferenceNode(type) ? type.typeName : type.expression).getText();
  if (name === "Omit" || name === "Pick") {
    const [base, keys] = type.typeArguments!;
    const named = new Set([...keys.getText().matchAll(/"([^"]+)"/g)].map(([, key]) => key));
    return findTypeMembers(base, place).filter((member) => named.has(member.name) === (name === "Pick"));
  }
  const declared = place.sources.maybeDeclared(place.file, name);
  return declared ? findMembers(declared, place.sources) : [];
}

/** An override without words of its own says nothing new. */
function findClassMembers(node: ts.ClassDeclaration, file: string): Member[] {
  const owner = node.name!.text;
  return node.members
    .filter(isPublic)
    .filter((member) => !ts.isSetAccessorDeclaration(member) && !ts.isClassStaticBlockDeclaration(member))
    .filter((member, _, all) => {
      const overloads = all.filter((item) => item.name?.getText() === member.name?.getText());
      return overloads.length === 1 || member.name === undefined || !hasBody(member);
    })
    .flatMap((member) => {
      const read = readMember(member, { owner, file });
      const isSilent = read.doc.text === "" && (ts.isConstructorDeclaration(member) || isOverride(member));
      return isSilent ? [] : [read];
    });
}

function isOverride(member: ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? ts.getModifiers(member) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.OverrideKeyword) ?? false;
}

function readMember(
  node: ts.ClassElement | ts.TypeElement,
  { owner, file }: { readonly owner: string; readonly file: string },
): Member {
  const name = node.name?.getText() ?? (ts.isConstructorDeclaration(node) ? "constructor" : "");
  const where = `${file}: ${[owner, name].filter(Boolean).join(".")}`;
  return { name, code: getMemberCode(node, owner), doc: readDocstring([node], where) };
}
