/**
 * Translations a second and how long one takes, of the service on the shipped Korean–English translator, beside the same
 * weights in PyTorch behind FastAPI. Clients ask one text after the other, over connections that stay open. The two take
 * turns, so that a busy moment of the machine falls on both; both share its cores with the clients.
 */
import { fileURLToPath } from "node:url";
import { createPhrasebook } from "../../kernels/nlp/data/index.ts";
import { quantile } from "../quantiles.ts";
import type { Bench, Read } from "../report.ts";
import { maybeFastApi, openOurs, type MeasuredService } from "./services.ts";

const FOLDER = fileURLToPath(new URL("../../public/models/phrasebook-ko-en", import.meta.url));
const CLIENTS = [1, 8, 32];
const ROUNDS = 3;
/** Milliseconds of measuring in a round. */
const TURN = 3000;
const DECODINGS = { greedy: { numBeams: 1 }, "beam 4": { numBeams: 4 } } as const;
/** So many sentences are translated by both before anything is measured. */
const COMPARED = 100;

export async function measureServe(): Promise<Bench> {
  const texts = createPhrasebook({ from: "ko", to: "en", size: 10_000 }).test.map(({ source }) => source);
  const [ours, peer] = await Promise.all([openOurs(FOLDER), maybeFastApi(FOLDER)]);
  const services = [ours, ...(peer ? [peer] : [])];
  const reads: Read[] = [];
  try {
    for (const [decoding, options] of Object.entries(DECODINGS)) {
      if (peer) {
        const same = await countSame(texts.slice(0, COMPARED), { ours, peer, options });
        reads.push({ what: `${decoding}: the same translation, of ${COMPARED}`, ours: same, unit: "" });
      }
      for (const clients of CLIENTS) {
        const found = services.map((): Turn[] => []);
        // The first round is warm-up: engines compile, caches fill.
        for (let round = 0; round <= ROUNDS; round++)
          for (const [index, service] of services.entries()) {
            const turn = await takeTurn(service, { texts, clients, options });
            if (round > 0) found[index].push(turn);
          }
        const [own, other] = found.map(summarize) as [Summary, Summary | undefined];
        const name = `${decoding}, ${clients} ${clients === 1 ? "client" : "clients"}`;
        reads.push({ what: `${name}: translations`, ours: own.rate, peer: other?.rate, unit: "/s" });
        reads.push({ what: "  median", ours: own.median, peer: other?.median, unit: "ms" });
        reads.push({ what: "  95 % within", ours: own.p95, peer: other?.p95, unit: "ms" });
      }
    }
  } finally {
    for (const service of services) service.close();
  }
  return {
    title: `Translations over HTTP, ${ROUNDS} rounds of ${TURN / 1000} s by turns`,
    peer: peer?.about ?? "FastAPI and PyTorch (not here)",
    reads,
  };
}

interface Turn {
  /** Milliseconds, each. */
  readonly times: readonly number[];
  readonly seconds: number;
}

interface Summary {
  readonly rate: number;
  readonly median: number;
  readonly p95: number;
}

interface Load {
  readonly texts: readonly string[];
  readonly clients: number;
  readonly options: { readonly numBeams: number };
}

async function takeTurn(service: MeasuredService, { texts, clients, options }: Load): Promise<Turn> {
  const times: number[] = [];
  const begin = performance.now();
  let next = 0;
  const client = async () => {
    while (performance.now() < begin + TURN) {
      const start = performance.now();
      await service.translate(texts[next++ % texts.length], options);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { times, seconds: (performance.now() - begin) / 1000 };
}

function summarize(turns: readonly Turn[]): Summary {
  const middle = (of: (turn: Turn) => number) => quantile(turns.map(of), 0.5);
  return {
    rate: middle(({ times, seconds }) => times.length / seconds),
    median: middle(({ times }) => quantile(times, 0.5)),
    p95: middle(({ times }) => quantile(times, 0.95)),
  };
}

async function countSame(
  texts: readonly string[],
  {
    ours,
    peer,
    options,
  }: { readonly ours: MeasuredService; readonly peer: MeasuredService; readonly options: Load["options"] },
): Promise<number> {
  let same = 0;
  for (const text of texts) {
    const [own, other] = await Promise.all([ours.translate(text, options), peer.translate(text, options)]);
    if (own === other) same += 1;
  }
  return same;
}
