import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { plainText, type Language } from "../../kernels/runtime/display/plain.ts";
import type { BackendName } from "../../kernels/runtime/protocol.ts";
import { toHtmlDocument } from "../notebook/export/html.ts";
import { toJupyter } from "../notebook/export/jupyter.ts";
import { CommandError } from "./command-error.ts";
import type { Terminal } from "./main.ts";
import { runNotebook, type CellResult } from "./run-notebook.ts";

const BACKENDS: readonly BackendName[] = ["wasm", "webgl", "webgpu", "cpu"];

export async function runCommand(args: readonly string[], { stdout, stderr }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      set: { type: "string", multiple: true },
      cell: { type: "string", multiple: true },
      solutions: { type: "boolean" },
      small: { type: "boolean" },
      allow: { type: "string", multiple: true },
      models: { type: "string" },
      json: { type: "boolean" },
      out: { type: "string" },
      backend: { type: "string" },
      timeout: { type: "string" },
      lang: { type: "string" },
    },
  });
  const [path, ...more] = positionals;
  if (!path || more.length > 0)
    throw new CommandError(`run takes one lecture, but was given ${positionals.length}.`);
  const language = readLanguage(values.lang);
  const write = values.out === undefined ? undefined : findExporter(values.out);
  const run = await runNotebook({
    path,
    set: Object.fromEntries((values.set ?? []).map(readAssignment)),
    cells: values.cell,
    solutions: values.solutions,
    small: values.small,
    hosts: values.allow,
    models: values.models,
    backend: readBackend(values.backend),
    timeout: readSeconds(values.timeout),
    onCell: values.json ? undefined : (cell) => stdout.write(printCell(cell, language)),
  });
  if (values.json) stdout.write(`${JSON.stringify({ cells: run.cells.map(toJsonCell) })}\n`);
  if (write && values.out !== undefined) {
    const plotly = values.out.endsWith(".html") ? await readPlotly() : undefined;
    await writeOut(values.out, write(run, { language, plainText, plotly }));
    stderr.write(`Written: ${values.out}\n`);
  }
  const interrupted = run.cells.filter(({ state }) => state === "interrupted").map(({ id }) => id);
  if (interrupted.length > 0)
    stderr.write(`gongbu: interrupted at the time limit: ${interrupted.join(", ")}\n`);
  return run.cells.every(isSound) ? 0 : 1;
}

/** An error may come after the cell's end: of a timer, of a promise that nobody awaits. */
function isSound({ state, error }: CellResult): boolean {
  return (state === "done" || state === "stale") && error === undefined;
}

/** Every field is there, null where there is nothing. */
function toJsonCell({ id, state, ms, value, outputs, error }: CellResult): object {
  return { id, state, ms, value: value ?? null, outputs, error: error ?? null };
}

/** The part of Plotly that draws what the display protocol has, as one script. */
function readPlotly(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js"), "utf8");
}

async function writeOut(path: string, content: string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new CommandError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function printCell({ id, state, ms, outputs }: CellResult, language: Language): string {
  const shown = outputs.map((output) => plainText(output, language).replace(/^/gm, "  "));
  return [`── ${id} · ${state} · ${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`, ...shown, ""].join("\n");
}

/** "rate=0.1" → ["rate", 0.1]; what is no JSON is text. */
function readAssignment(given: string): readonly [string, unknown] {
  const at = given.indexOf("=");
  if (at < 1) throw new CommandError(`--set takes NAME=VALUE, but was given "${given}".`);
  const text = given.slice(at + 1);
  try {
    return [given.slice(0, at), JSON.parse(text)];
  } catch {
    return [given.slice(0, at), text];
  }
}

function findExporter(path: string) {
  if (path.endsWith(".ipynb")) return toJupyter;
  if (path.endsWith(".html")) return toHtmlDocument;
  throw new CommandError(`--out writes .ipynb or .html, but was given "${path}".`);
}

function readBackend(name: string | undefined): BackendName | undefined {
  if (name === undefined) return undefined;
  const known = BACKENDS.find((backend) => backend === name);
  if (!known) throw new CommandError(`--backend takes ${BACKENDS.join(", ")}, but was given "${name}".`);
  return known;
}

function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!(seconds > 0)) throw new CommandError(`--timeout takes seconds above 0, but was given "${text}".`);
  return seconds;
}

function readLanguage(code: string | undefined): Language {
  if (code === undefined || code === "en") return "en";
  if (code === "ko") return "ko";
  throw new CommandError(`--lang takes en or ko, but was given "${code}".`);
}
