// A worker thread of Node does not inherit its parent's way of reading TypeScript: it is set up here, then the model's thread starts.
import { register } from "tsx/esm/api";

register();
await import("./model-thread.ts");
