import type { Renderers } from "./renderers.ts";

/** Loads what draws outputs; the browser keeps the modules, so asking again costs nothing. */
export async function loadRenderers(): Promise<Renderers> {
  const [{ OutputView }, { ControlView }] = await Promise.all([
    import("../../outputs/index.ts"),
    import("../inputs/index.ts"),
  ]);
  return { OutputView, ControlView };
}
