import { compileCell } from "../notebook/compile/cell.ts";
import type { FromLanguageWorker, ToLanguageWorker } from "./protocol.ts";

/** The language worker's one reply to a request; a fault of the compiler comes back as an error. */
export function answer(request: ToLanguageWorker): FromLanguageWorker {
  const { id } = request;
  try {
    if (request.type !== "compile")
      throw new Error(`The language worker knows no request "${String(request.type)}".`);
    return { id, ok: true, program: compileCell(request.cell) };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { id, ok: false, error: { name, message, stack } };
  }
}
