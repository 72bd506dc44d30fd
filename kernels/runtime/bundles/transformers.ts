/** Transformers.js, whole. Its ONNX Runtime is fetched through the page like everything else. */
import * as transformers from "@xenova/transformers";
import type { ModuleTable } from "../modules.ts";

export const modules: ModuleTable = { "@xenova/transformers": transformers };
