import { answer } from "./answer.ts";
import type { ToLanguageWorker } from "./protocol.ts";

addEventListener("message", ({ data }: MessageEvent<ToLanguageWorker>) => postMessage(answer(data)));
