import ts from "typescript";
import { applyEdits, blank, type Edit } from "./position.ts";
import { isErased, parseSyntax, type CellSyntax } from "./syntax.ts";

/**
 * The cell's text with all but its one expression blanked (a trailing semicolon too), or undefined when the cell is
 * more than one expression. Decided on the syntax tree: the text between parentheses must be one expression, which
 * also makes `{ a: 1 }` and a nameless function values, as a reader expects of a cell. A function or class with a
 * name is a declaration.
 */
export function maybeSoleExpression(source: string, { file, errors }: CellSyntax): string | undefined {
  const kept = file.statements.filter((statement) => !isErased(statement));
  if (errors.length === 0 && kept.length !== 1) return undefined;
  const erased = file.statements
    .filter(isErased)
    .map((statement) => blankEdit(source, statement.getStart(file), statement.end));
  const text = withoutLastSemicolon(applyEdits(source, erased), kept.at(-1));
  return isSoleExpression(text) ? text : undefined;
}

/** The text between parentheses, the second on a line of its own because a comment may stand at the end. */
export function parenthesize(text: string): string {
  return `(${text}\n)`;
}

export function unparenthesize(text: string): string {
  return text.slice(1, -2);
}

function isSoleExpression(text: string): boolean {
  const wrapped = parenthesize(text);
  const { file, errors } = parseSyntax(wrapped);
  const [statement] = file.statements;
  if (errors.length > 0 || file.statements.length !== 1 || !statement) return false;
  if (!ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression))
    return false;
  const { expression } = statement.expression;
  const declares = ts.isFunctionExpression(expression) || ts.isClassExpression(expression);
  return !(declares && expression.name);
}

function withoutLastSemicolon(text: string, last: ts.Statement | undefined): string {
  const at = last && text[last.end - 1] === ";" ? last.end - 1 : text.search(/;\s*$/);
  return at < 0 ? text : applyEdits(text, [blankEdit(text, at, at + 1)]);
}

function blankEdit(source: string, start: number, end: number): Edit {
  return { start, end, replacement: blank(source.slice(start, end)) };
}
