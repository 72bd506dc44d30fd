/** `gongbu serve [FOLDER …]`: the prediction service on models in folders, with the built course beside it. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CommandError } from "./command-error.ts";
import type { Terminal } from "./main.ts";

const COURSE = fileURLToPath(new URL("../../dist", import.meta.url));
/** The small models that the course ships. */
const SHIPPED = fileURLToPath(new URL("../../public/models", import.meta.url));

export async function serveCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: "string" },
      host: { type: "string" },
      "api-key": { type: "string", multiple: true },
      origin: { type: "string", multiple: true },
      course: { type: "string" },
      quiet: { type: "boolean" },
    },
  });
  // Fastify and its company are loaded for this command alone.
  const { createFolderSource, findModelFolders, hasCourse, ServiceError, startService } =
    await import("../server/index.ts");
  const course = resolve(values.course ?? COURSE);
  const isBuilt = hasCourse(course);
  if (values.course !== undefined && !isBuilt) {
    throw new CommandError(
      `--course takes a folder with a built course, but ${values.course} has no index.html. \`npm run build\` writes one to dist.`,
    );
  }
  try {
    const folders = await findModelFolders(positionals.length > 0 ? positionals : [SHIPPED]);
    const service = await startService({
      sources: folders.map(createFolderSource),
      port: readPort(values.port),
      host: values.host,
      apiKeys: [
        ...(values["api-key"] ?? []),
        ...(process.env.GONGBU_API_KEY ? [process.env.GONGBU_API_KEY] : []),
      ],
      origins: values.origin,
      processMetrics: true,
      ...(isBuilt && { course }),
      ...(!values.quiet && { log: process.stdout }),
    });
    if (!isBuilt)
      terminal.stderr.write(
        "The course is not built, so models alone are served; `npm run build` builds it.\n",
      );
    const models = service.shelf.desks.map(({ id, about }) => `${id} (${about?.task})`).join(", ");
    terminal.stderr.write(`Serving ${models} at ${service.url}; its API page is ${service.url}/docs\n`);
    await stopSignal();
    await service.stop();
    return 0;
  } catch (error) {
    if (error instanceof ServiceError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

/** Resolves when the process is asked to end. A second time it ends at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => resolve());
  });
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new CommandError(`--port takes a number from 0 to 65535, but was given "${text}".`);
}
