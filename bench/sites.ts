/** The sites that the benches measure: built below .cache/bench, and served from there. */
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { buildPeer } from "./peer/build.ts";

/** The benches' own lectures, the same built with the peer, and the course itself. */
export type SiteName = "bench" | "peer" | "course";

export interface Sites {
  /** The address of a served site's root, with a slash at its end. */
  readonly addresses: Readonly<Record<SiteName, string>>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = {
  bench: `${root}.cache/bench/site`,
  peer: `${root}.cache/bench/peer`,
  course: `${root}.cache/bench/course`,
};

/** The lectures that are measured on both sides. */
const LECTURES = ["slider", "training"];

export async function buildSites(names: readonly SiteName[]): Promise<void> {
  for (const name of names) await BUILDERS[name]();
}

const BUILDERS: Readonly<Record<SiteName, () => Promise<unknown>>> = {
  bench: () => build({ root, configFile: fileURLToPath(new URL("site/vite.config.ts", import.meta.url)) }),
  peer: () =>
    buildPeer({
      notebooks: fileURLToPath(new URL("site/notebooks", import.meta.url)),
      lectures: LECTURES,
      source: `${root}.cache/bench/peer-source`,
      outDir: folders.peer,
    }),
  course: () =>
    build({
      root,
      configFile: `${root}vite.config.ts`,
      logLevel: "error",
      build: { outDir: folders.course, emptyOutDir: true },
    }),
};

/** Serves what was built, each site on a port of its own. The caller closes them. */
export async function serveSites(names: readonly SiteName[]): Promise<Sites> {
  const servers = await Promise.all(
    names.map(async (name) => {
      // The course's own configuration sets the headers with which a page is isolated; the peer does without.
      const configFile = name === "peer" ? (false as const) : `${root}vite.config.ts`;
      const server = await preview({
        root,
        configFile,
        logLevel: "error",
        build: { outDir: folders[name] },
        preview: { host: "127.0.0.1", port: 0, open: false },
      });
      const address = server.httpServer.address();
      if (address === null || typeof address === "string") throw new Error(`The site ${name} has no port.`);
      return { name, server, url: `http://127.0.0.1:${address.port}/` };
    }),
  );
  return {
    addresses: Object.fromEntries(servers.map(({ name, url }) => [name, url])) as Sites["addresses"],
    async close() {
      await Promise.all(servers.map(({ server }) => server.close()));
    },
  };
}
