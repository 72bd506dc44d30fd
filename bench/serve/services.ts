/** The services that are measured, each in a process of its own. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export interface MeasuredService {
  readonly about: string;
  /** The translation of one text. Throws where the answer is none. */
  translate(text: string, options: { readonly numBeams: number }): Promise<string>;
  close(): void;
}

const STARTING_MS = 60_000;

export async function openOurs(folder: string): Promise<MeasuredService> {
  const port = await findPort();
  const script = fileURLToPath(new URL("our-service.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, folder, String(port)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  await answers(port, { path: "/readyz", child });
  return toService({ about: "gongbu serve", port, child });
}

/** Of the first python3 that has what it needs: $PYTHON, then Debian's own. */
export async function maybeFastApi(folder: string): Promise<MeasuredService | undefined> {
  const python = [process.env.PYTHON, "/usr/bin/python3", "python3"].find(
    (path) =>
      path && spawnSync(path, ["-c", "import torch, fastapi, uvicorn"], { stdio: "ignore" }).status === 0,
  );
  if (!python) return undefined;
  const port = await findPort();
  const script = fileURLToPath(new URL("fastapi_translate.py", import.meta.url));
  const child = spawn(python, [script, folder, String(port)], {
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const { about } = JSON.parse(await answers(port, { path: "/about", child })) as { about: string };
  return toService({ about, port, child });
}

function toService({
  about,
  port,
  child,
}: {
  readonly about: string;
  readonly port: number;
  readonly child: ChildProcess;
}): MeasuredService {
  const agent = new Agent({ keepAlive: true });
  return {
    about,
    async translate(text, options) {
      const answer = await ask({
        port,
        path: "/v1/translate",
        agent,
        body: JSON.stringify({ text, options }),
      });
      return (JSON.parse(answer) as { predictions: { text: string }[] }).predictions[0].text;
    },
    close() {
      agent.destroy();
      child.kill();
    },
  };
}

interface Question {
  readonly port: number;
  readonly path: string;
  readonly agent?: Agent;
  /** Sent with POST; without one it is a GET. */
  readonly body?: string;
}

/** The body of a good answer. `fetch` would cost this process as much as an answer costs a service. */
function ask({ port, path, agent, body }: Question): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = body
      ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) }
      : {};
    const method = body ? "POST" : "GET";
    const asking = request({ host: "127.0.0.1", port, path, method, headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode}: ${text}`)),
      );
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

/** What it says as soon as it says anything. */
async function answers(
  port: number,
  { path, child }: { readonly path: string; readonly child: ChildProcess },
): Promise<string> {
  for (const end = performance.now() + STARTING_MS; ;) {
    const answer = await ask({ port, path }).catch((error: Error) => error);
    if (typeof answer === "string") return answer;
    const ended = child.exitCode !== null;
    if (ended || performance.now() > end) {
      child.kill();
      throw new Error("The service does not start.", { cause: answer });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function findPort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
