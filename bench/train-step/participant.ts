/** What computes in each of the measured places: a process of Node, or a worker in Chromium. */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import {
  installSimd,
  registerGradients,
  type Installed,
  type InstallOptions,
} from "../../kernels/simd/index.ts";
import { MODELS, type ModelName, type Step, type Variant } from "./models.ts";
import { measureProducts, type ProductRequest } from "../gemm/products.ts";

/** Steps of a model for so many milliseconds, at least two: how long each took. */
export interface StepRequest {
  readonly kind: "steps";
  readonly model: ModelName;
  readonly variant: Variant;
  readonly ms: number;
}

export type ParticipantRequest = StepRequest | ProductRequest;

export interface ParticipantOptions {
  /** Where TensorFlow.js's wasm files lie, with a slash at the end. */
  readonly files: string;
  /** Gives our builds by name; absent: TensorFlow.js's own kernels compute. */
  readonly load?: InstallOptions["load"];
  /** How many threads may compute where the memory is shared. Default 1. */
  readonly cores?: number;
}

export interface Participant {
  /** In words, for the heading. */
  readonly about: string;
  run(request: ParticipantRequest): Promise<number[]>;
}

export async function startParticipant({ files, load, cores }: ParticipantOptions): Promise<Participant> {
  setWasmPaths(files);
  if (!(await tf.setBackend("wasm"))) throw new Error("The wasm backend does not start.");
  if (load) registerGradients();
  const installed = load && (await installSimd({ load, cores }));
  const steps = new Map<string, Step>();

  async function measureSteps({ model, variant, ms }: StepRequest): Promise<number[]> {
    const name = `${model}, ${variant}`;
    let step = steps.get(name);
    if (!step) {
      step = MODELS[model][variant]();
      steps.set(name, step);
    }
    const times: number[] = [];
    const end = performance.now() + ms;
    while (times.length < 2 || performance.now() < end) {
      const start = performance.now();
      await step();
      times.push(performance.now() - start);
    }
    return times;
  }

  return {
    about: installed ? describe(installed) : "TensorFlow.js's own kernels",
    run: async (request) => (request.kind === "steps" ? measureSteps(request) : measureProducts(request)),
  };
}

function describe({ relaxed, threads }: Installed): string {
  return `SIMD ${relaxed ? "with" : "without"} FMA, ${threads === 1 ? "one thread" : `${threads} threads`}`;
}
