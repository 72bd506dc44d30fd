/** The modules that come with the kernel itself: all that needs no TensorFlow.js. */
import * as data from "../../nlp/data/index.ts";
import * as decode from "../../nlp/decode/index.ts";
import * as metrics from "../../nlp/metrics/index.ts";
import * as text from "../../nlp/text/index.ts";
import * as display from "../display/index.ts";
import * as inputs from "../inputs/index.ts";
import type { ModuleTable } from "../modules.ts";

export const modules: ModuleTable = {
  "gongbu/data": data,
  "gongbu/decode": decode,
  "gongbu/display": display,
  "gongbu/metrics": metrics,
  "gongbu/text": text,
  "@observablehq/inputs": inputs,
};
