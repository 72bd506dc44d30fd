/** `gongbu run | convert | check | serve`: the command line. */
import { parseArgs } from "node:util";
import { NotebookError } from "../notebook/notebook.ts";
import { checkCommand } from "./check.ts";
import { CommandError } from "./command-error.ts";
import { convertCommand } from "./convert.ts";
import { runCommand } from "./run.ts";
import { serveCommand } from "./serve.ts";

/** Where the command writes; `process` is one. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

const USAGE = `gongbu: lectures from the command line

  gongbu run FILE [options]     run a lecture, print what each cell shows
      --set NAME=VALUE          give a name a value (JSON, or else text); repeatable
      --cell ID                 run only this cell and what it reads; repeatable
      --solutions               run with the exercises' solutions
      --small                   run with the small settings of the front matter's test
      --allow HOST[:PORT]       let cells fetch from this host; repeatable
      --models FOLDER           where cells keep models (save, load of gongbu/shelf)
      --json                    print one object: {"cells": [{id, state, ms, value, outputs, error}]}
      --out FILE                also write FILE.ipynb or FILE.html
      --backend NAME            wasm (default), webgl, webgpu or cpu
      --timeout SECONDS         interrupt what still runs then (default 600)
      --lang en|ko              language of what is printed
  gongbu convert FROM TO        a lecture (.md) as .ipynb or .html without running it; an .ipynb as a lecture
  gongbu serve [FOLDER …]       answer requests with the models in these folders (default: the course's own), and serve the built course
      --port N, --host NAME     where (default 8000 on 127.0.0.1)
      --api-key KEY             what clients must send; repeatable; or $GONGBU_API_KEY
      --origin URL              a site whose pages may ask; repeatable
      --course FOLDER, --quiet  another built course; no log
  gongbu check [FILE …]         parse, compile and type-check lectures (default: notebooks/*.md)

Exit code: 0, or 1 when a cell failed or a check found something, or 2 when the command could not be carried out.
`;

/** Runs the command; resolves to its exit code. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [command, ...rest] = args;
  try {
    switch (command) {
      case "run":
        return await runCommand(rest, terminal);
      case "check":
        return await checkCommand(parseArgs({ args: rest, allowPositionals: true }).positionals, terminal);
      case "convert":
        return await convertCommand(parseArgs({ args: rest, allowPositionals: true }).positionals, terminal);
      case "serve":
        return await serveCommand(rest, terminal);
      case undefined:
      case "help":
      case "--help":
      case "-h":
        terminal.stdout.write(USAGE);
        return 0;
      default:
        throw new CommandError(
          `There is no command "${command}". Commands: run, convert, serve, check, help.`,
        );
    }
  } catch (error) {
    if (error instanceof CommandError || error instanceof NotebookError || isArgumentError(error)) {
      terminal.stderr.write(`gongbu: ${(error as Error).message}\n`);
      return 2;
    }
    throw error;
  }
}

function isArgumentError(error: unknown): boolean {
  return (
    error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS")
  );
}
