import ts from "typescript";
import type { SourceSpan } from "../../../kernels/runtime/program.ts";
import type { CellReading } from "./reading.ts";
import { isErased } from "./syntax.ts";

/**
 * The last statement of a cell of several, if it is nothing but a value: a reader of other notebooks expects it to be shown.
 * A call may be there for what it does, so it is none.
 */
export function maybeUnshown({ form, syntax, place }: CellReading): SourceSpan | undefined {
  if (form !== "statements") return undefined;
  const last = syntax.file.statements.filter((statement) => !isErased(statement)).at(-1);
  if (!last || !ts.isExpressionStatement(last) || !isPlainValue(last.expression)) return undefined;
  return place({ start: last.getStart(syntax.file), end: last.end });
}

/** An expression that does nothing: no call, no assignment, nothing awaited. */
function isPlainValue(expression: ts.Expression): boolean {
  let plain = true;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (
      ts.isCallExpression(node) ||
      ts.isNewExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isYieldExpression(node) ||
      ts.isDeleteExpression(node) ||
      ts.isTaggedTemplateExpression(node) ||
      ts.isPostfixUnaryExpression(node) ||
      (ts.isPrefixUnaryExpression(node) && isStep(node.operator)) ||
      (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind))
    ) {
      plain = false;
    }
    ts.forEachChild(node, visit);
  };
  visit(expression);
  // A string alone may be a directive.
  return plain && !ts.isStringLiteral(expression);
}

function isStep(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
