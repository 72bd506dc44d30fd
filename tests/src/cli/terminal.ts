/** The command line in this process: lectures in a folder of their own, and what it writes. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { main } from "../../../src/cli/main.ts";

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function gongbu(...args: string[]): Promise<CommandRun> {
  let stdout = "";
  let stderr = "";
  const code = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { code, stdout, stderr };
}

/** Writes files into a new folder, which is gone after the test. Returns the path of the first. */
export async function writeFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gongbu-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return join(folder, Object.keys(files)[0]);
}

/** A lecture of cells by their ids and attributes. */
export function lectureOf(cells: Readonly<Record<string, string>>): string {
  const blocks = Object.entries(cells).map(([id, code]) => `\`\`\`ts {id=${id}}\n${code}\n\`\`\`\n`);
  return `---\ntitle: Test\n---\n\n# Test\n\n${blocks.join("\n")}`;
}
