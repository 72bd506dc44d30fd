/**
 * Runs everything: types, lint, walls, format, unit tests, every lecture headless, and the browser tests against the
 * built site. `--fast` leaves out the lectures, the build, the browser, the tests that start processes and the longest of
 * the kernels', and runs the checks beside the tests; they look again only at what has changed. The last line
 * counts tests from the runners' own reports; a check that is no test and fails counts as one failure.
 */
import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { getChromium } from "./browser/chromium.ts";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the step's runner writes its report, and how to count in it. */
  readonly report?: { readonly path: string; readonly count: (report: never) => Count };
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const fast = process.argv.includes("--fast");

/** Arguments with which a check remembers what it has seen. */
const remember = (...args: readonly string[]) => (fast ? args : []);
const typesOf = (project: string, name: string) => [
  ...["tsc", "--noEmit", "-p", project],
  ...remember("--incremental", "--tsBuildInfoFile", `.cache/checks/${name}.tsbuildinfo`),
];

const checks: readonly Step[] = [
  { name: "types of the page", command: typesOf(".", "page") },
  { name: "types of the kernels", command: typesOf("kernels", "kernels") },
  {
    name: "lint",
    command: [
      ...["eslint", ".", "--max-warnings", "0"],
      ...remember("--cache", "--cache-location", ".cache/checks/eslint", "--cache-strategy", "content"),
    ],
  },
  {
    name: "walls",
    command: [
      ...["depcruise", "kernels", "src", "--config", ".dependency-cruiser.cjs"],
      ...remember("--cache", ".cache/checks/walls", "--cache-strategy", "content"),
    ],
  },
  {
    name: "format",
    command: [
      ...["prettier", "--check", "--log-level", "warn", "."],
      ...remember("--cache", "--cache-location", ".cache/checks/prettier", "--cache-strategy", "content"),
    ],
  },
];

const vitest = (name: string, args: readonly string[]): Step => ({
  name,
  command: [
    "vitest",
    "run",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=reports/${name}.json`,
    ...(fast ? [] : [`--maxWorkers=${availableParallelism()}`]),
    ...args,
  ],
  report: {
    path: `reports/${name}.json`,
    count: (report: { numPassedTests: number; numTotalTests: number }) => ({
      passed: report.numPassedTests,
      failed: report.numTotalTests - report.numPassedTests,
    }),
  },
});

/** The page's side keeps no state in its modules, so its test files share one process: half the time. */
const page = ["notebook", "editor", "outputs", "page", "reference", "storage"].map(
  (room) => `tests/src/${room}`,
);
const pageUnit = vitest("unit-page", ["--pool=threads", "--no-isolate", ...page]);
/** Trainings and searches of many shapes: two thirds of the kernels' time. */
const longest = [
  "nlp/nn/generating",
  "nlp/nn/models",
  "nlp/onnx/writing-pipelines",
  "nlp/text/tokenizers",
  "nlp/train/fit",
  "nlp/train/long-trainings",
  "runtime/shelf",
  "simd/helpers",
  "simd/mat-mul",
];
/** Need a process in which TensorFlow.js, or Transformers.js, has not been set up yet. */
const first = [
  "runtime/bundles/tensor",
  "runtime/bundles/tensor-without-simd",
  "runtime/bundles/transformers",
  "runtime/tensors",
];
/** All others share a process, and what TensorFlow.js takes to load. */
const kernels = (name: string, folders: readonly string[], without: readonly string[]) =>
  vitest(name, [
    ...["--pool=threads", "--no-isolate", ...folders],
    ...without.map((file) => `--exclude=tests/kernels/${file}.test.ts`),
  ]);
const fastUnits = [
  kernels("unit-nlp", ["tests/kernels/nlp"], longest),
  pageUnit,
  kernels(
    "unit-kernels",
    ["tests/kernels/runtime", "tests/kernels/simd", "tests/data", "tests/project"],
    [...longest, ...first],
  ),
];
const units = [
  pageUnit,
  kernels("unit-kernels", ["tests/kernels", "tests/data", "tests/project"], first),
  vitest(
    "unit-first",
    first.map((file) => `tests/kernels/${file}.test.ts`),
  ),
  vitest("unit-commands", ["tests/src/cli", "tests/src/server", "tests/src/models"]),
  vitest("lectures", ["tests/notebooks"]),
];
const build: Step = { name: "build", command: ["vite", "build", "--logLevel", "warn"] };
const browser: Step = {
  name: "browser",
  command: ["playwright", "test", "--config", "tests/browser/playwright.config.ts"],
  report: {
    path: "reports/browser.json",
    count: ({
      stats,
    }: {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + stats.skipped,
    }),
  },
};

await rm("reports", { recursive: true, force: true });
await mkdir("reports", { recursive: true });
if (!fast) process.env.GONGBU_CHROMIUM = getChromium();

const counts = fast
  ? await runSteps([...fastUnits, ...checks], { together: 2 })
  : [...(await runSteps(checks, { together: 2 })), ...(await runSteps([...units, build, browser]))];
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
process.exitCode = sum("failed") > 0 ? 1 : 0;
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);

/** One after the other, or so many at a time. */
async function runSteps(steps: readonly Step[], { together = 1 } = {}): Promise<Count[]> {
  const counts: Count[] = [];
  const waiting = [...steps];
  const runNext = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) counts.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: together }, runNext));
  return counts;
}

async function runStep({ name, command, report }: Step): Promise<Count> {
  const began = Date.now();
  console.log(`\n── ${name}`);
  const code = await execute(command);
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(`── ${name}: ${code === 0 ? "ok" : "failed"}, ${seconds} s`);
  if (!report) return { passed: 0, failed: code === 0 ? 0 : 1 };
  try {
    const count = report.count(JSON.parse(await readFile(report.path, "utf8")) as never);
    // A runner that fails without a failed test (a file that does not load) has failed all the same.
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  } catch (error) {
    console.error(`${name} left no report: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

function execute([program, ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn("npx", ["--no-install", program, ...args], { stdio: "inherit" });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
