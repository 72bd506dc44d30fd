import type { Text } from "../../../kernels/runtime/localized.ts";
import type { Result } from "../../../kernels/runtime/protocol.ts";
import type { CheckVerdict } from "./cell-model.ts";

/** A check cell's value as a verdict; undefined where it is not `{passed, hint}`, which the cell's own output then shows. */
export function maybeVerdict(result: Result | undefined): CheckVerdict | undefined {
  if (!result?.ok || typeof result.value !== "object" || result.value === null) return undefined;
  const { passed, hint } = result.value as { passed?: unknown; hint?: unknown };
  if (typeof passed !== "boolean") return undefined;
  return isText(hint) ? { passed, hint } : { passed };
}

function isText(value: unknown): value is Text {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null) return false;
  const { en, ko } = value as { en?: unknown; ko?: unknown };
  return typeof en === "string" && typeof ko === "string";
}
