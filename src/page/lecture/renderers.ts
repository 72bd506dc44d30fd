import type { ComponentType } from "preact";
import type { OutputViewProps } from "../../outputs/index.ts";
import type { ControlViewProps } from "../inputs/index.ts";

/** What draws a cell's outputs. Kept out of the page's first script: a page that has run nothing draws nothing. */
export interface Renderers {
  readonly OutputView: ComponentType<OutputViewProps>;
  readonly ControlView: ComponentType<ControlViewProps>;
}
