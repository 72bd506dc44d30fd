/** A declaration as text: what a reader must see of it, and nothing of its body. */
import ts from "typescript";

/** "function accuracy(truth: readonly number[], …): number"; an overloaded function has a line for each. */
export function getSignature(nodes: readonly ts.Declaration[]): string {
  const shown = nodes.length === 1 ? nodes : nodes.filter((node) => !hasBody(node));
  return shown.map(getOneSignature).join("\n");
}

function getOneSignature(node: ts.Declaration): string {
  if (ts.isFunctionDeclaration(node)) return `function ${textTo(node.name!, node.body, node)}`;
  if (ts.isClassDeclaration(node)) return getClassSignature(node);
  if (ts.isInterfaceDeclaration(node)) return `interface ${textBetween(node, node.name, node.members)}`;
  if (ts.isTypeAliasDeclaration(node)) {
    const isObject = ts.isTypeLiteralNode(node.type);
    return isObject ? `type ${node.name.text}` : `type ${textTo(node.name, undefined, node)}`;
  }
  if (ts.isVariableDeclaration(node))
    return `const ${textTo(node.name, node.type && node.initializer, node)}`;
  throw new Error(`A declaration of kind ${ts.SyntaxKind[node.kind]} cannot be shown in the reference.`);
}

function getClassSignature(node: ts.ClassDeclaration): string {
  const isAbstract = ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
  const head = `${isAbstract ? "abstract class" : "class"} ${textBetween(node, node.name!, node.members)}`;
  const constructors = node.members.filter(ts.isConstructorDeclaration).filter(isPublic);
  const shown = constructors.length > 1 ? constructors.filter((item) => !item.body) : constructors;
  if (shown.length === 0) return head;
  const lines = shown.map((item) => `  constructor(${parametersOf(item)});`);
  return [`${head} {`, ...lines, "}"].join("\n");
}

/** A member on one line: `samples?: number`, `forward(input: tf.Tensor): tf.Tensor`. */
export function getMemberCode(node: ts.ClassElement | ts.TypeElement, owner: string): string {
  const text = node.getSourceFile().text;
  if (ts.isConstructorDeclaration(node)) return oneLine(`new ${owner}(${parametersOf(node)})`);
  if (ts.isGetAccessorDeclaration(node)) {
    return oneLine(`${node.name.getText()}${node.type ? `: ${node.type.getText()}` : ""}`);
  }
  const isStatic =
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  const begin = node.name?.getStart() ?? node.getStart();
  const body = ts.isMethodDeclaration(node) ? node.body : undefined;
  const value = ts.isPropertyDeclaration(node) && node.type ? node.initializer : undefined;
  const end = body?.getFullStart() ?? (value ? value.getFullStart() - 1 : node.end);
  return oneLine(`${isStatic ? "static " : ""}${text.slice(begin, end).replace(/^readonly /, "")}`);
}

/** Neither private nor protected, by modifier or by name. */
export function isPublic(node: ts.ClassElement | ts.TypeElement): boolean {
  if (node.name && ts.isPrivateIdentifier(node.name)) return false;
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return !modifiers?.some(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
}

export function hasBody(node: ts.Declaration): boolean {
  return (node as ts.FunctionLikeDeclaration).body !== undefined;
}

function parametersOf(node: ts.ConstructorDeclaration): string {
  const { pos, end } = node.parameters;
  return node.getSourceFile().text.slice(pos, end).trim();
}

/** From a name up to what a reader need not see, or to the declaration's end. */
function textTo(from: ts.Node, upTo: ts.Node | undefined, node: ts.Declaration): string {
  const text = node.getSourceFile().text.slice(from.getStart(), upTo?.getFullStart() ?? node.end);
  return text.replace(/\s*[=;]?\s*$/, "");
}

function textBetween(node: ts.Declaration, from: ts.Node, members: ts.NodeArray<ts.Node>): string {
  return node
    .getSourceFile()
    .text.slice(from.getStart(), members.pos - 1)
    .trim();
}

function oneLine(code: string): string {
  return code
    .replace(/\s+/g, " ")
    .replace(/([([{]) /g, (_, bracket: string) => (bracket === "{" ? "{ " : bracket))
    .replace(/,? ([)\]])/g, "$1")
    .replace(/[;,]\s*$/, "")
    .trim();
}
