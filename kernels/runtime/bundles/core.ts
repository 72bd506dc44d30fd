/** The modules that come with the kernel itself: what every lecture shows something with. */
import * as display from "../display/index.ts";
import * as inputs from "../inputs/index.ts";
import type { ModuleTable } from "../modules.ts";

export const modules: ModuleTable = {
  "gongbu/display": display,
  "@observablehq/inputs": inputs,
};
