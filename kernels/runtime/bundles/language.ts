/** The parts of the library that need no TensorFlow.js. Loaded when a cell imports one: the kernel starts without them. */
import * as data from "../../nlp/data/index.ts";
import * as decode from "../../nlp/decode/index.ts";
import * as metrics from "../../nlp/metrics/index.ts";
import * as text from "../../nlp/text/index.ts";
import type { ModuleTable } from "../modules.ts";

export const modules: ModuleTable = {
  "gongbu/data": data,
  "gongbu/decode": decode,
  "gongbu/metrics": metrics,
  "gongbu/text": text,
};
