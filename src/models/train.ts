/**
 * `npm run train:models [-- NAME …]`: trains the small models that the course ships, on the CPU, and writes each as a
 * folder of public/models in the layout of the model hub. The same seed gives the same weights on the same processor.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { ShippedModel } from "../../kernels/runtime/shelf/index.ts";
import { startNodeBackend } from "../../kernels/simd/node-backend.ts";
import { toFolder, toShipped } from "./folder.ts";
import { RECIPES } from "./recipes.ts";

const NOTEBOOKS = new URL("../../notebooks/", import.meta.url);
const FOLDER = new URL("../../public/models/", import.meta.url);
const INDEX = new URL("index.json", FOLDER);

try {
  await train(process.argv.slice(2));
} catch (error) {
  // Left alone, the wasm backend would print its own source before it.
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
}

async function train(asked: readonly string[]): Promise<void> {
  const names = RECIPES.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no recipe "${unknown}". There are: ${names.join(", ")}.`);
  await startNodeBackend();
  // The library fetches the course's data, as in a cell; this process fetches nothing else.
  globalThis.fetch = async (url) => new Response(await readFile(new URL(String(url), NOTEBOOKS)));

  let shipped = await readIndex();
  for (const recipe of RECIPES.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const start = performance.now();
    const trained = await recipe.train();
    const seconds = (performance.now() - start) / 1000;
    const command = `npm run train:models -- ${recipe.name}`;
    const folder = new URL(`${recipe.name}/`, FOLDER);
    await mkdir(folder, { recursive: true });
    const files = await toFolder(recipe, trained, { seconds, command });
    for (const [name, bytes] of files) await writeFile(new URL(name, folder), bytes);
    trained.model.dispose();

    const about = toShipped(recipe, trained);
    const others = shipped.filter(({ name }) => name !== recipe.name);
    shipped = [...others, about].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
    await writeFile(INDEX, `${JSON.stringify(shipped, undefined, 2)}\n`);
    const { score, baseline } = trained.metric;
    const size = [...files.values()].reduce((sum, { length }) => sum + length, 0) / 1024;
    process.stdout.write(
      `${recipe.name}: ${about.score} [${score.low.toFixed(3)}, ${score.high.toFixed(3)}], ` +
        `${baseline.name} ${baseline.score.value.toFixed(3)}; ${seconds.toFixed(0)} s, ${size.toFixed(0)} KB\n`,
    );
  }
}

async function readIndex(): Promise<readonly ShippedModel[]> {
  const text = await readFile(INDEX, "utf8").catch(() => "[]");
  return JSON.parse(text) as ShippedModel[];
}
