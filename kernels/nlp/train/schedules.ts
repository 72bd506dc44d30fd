/** How the learning rate changes over a training. */
import { checkInteger, checkNumber } from "../arguments.ts";

/** The factor for the learning rate at a step (counting from 1) of so many. */
export type Schedule = (step: number, totalSteps: number) => number;

export interface WarmupOptions {
  /** Steps in which the factor climbs from near 0 to 1. Default 0. */
  readonly warmupSteps?: number;
}

export interface CosineOptions extends WarmupOptions {
  /** The factor that it comes down to. Default 0. */
  readonly minimum?: number;
}

/**
 * min(1, step / warmupSteps): up, and then level.
 *
 * @ko 학습률을 서서히 올린 뒤 그대로 둡니다.
 */
export function constantSchedule(options: WarmupOptions = {}): Schedule {
  return withWarmup("constantSchedule", { ...options, after: () => 1 });
}

/**
 * Up to 1 in `warmupSteps`, then straight down, to 0 behind the last step:
 *
 *     factor = (totalSteps − step + 1) / (totalSteps − warmupSteps)
 *
 * @ko 학습률을 서서히 올린 뒤 0까지 곧게 내립니다.
 */
export function linearSchedule(options: WarmupOptions = {}): Schedule {
  return withWarmup("linearSchedule", { ...options, after: (progress) => 1 - progress });
}

/**
 * Up to 1 in `warmupSteps`, then down along half a cosine: slowly, fast, slowly.
 *
 *     factor = minimum + (1 − minimum) · ½ · (1 + cos(π · progress))        progress 0 … 1 after the warm-up
 *
 * Source: I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017.
 *
 * @ko 학습률을 서서히 올린 뒤 코사인 곡선을 따라 내립니다.
 */
export function cosineSchedule(options: CosineOptions = {}): Schedule {
  const { minimum = 0 } = options;
  checkNumber(minimum, { where: "cosineSchedule", what: "minimum", min: 0, max: 1 });
  return withWarmup("cosineSchedule", {
    ...options,
    after: (progress) => minimum + (1 - minimum) * 0.5 * (1 + Math.cos(Math.PI * progress)),
  });
}

function withWarmup(
  where: string,
  { warmupSteps = 0, after }: WarmupOptions & { after: (progress: number) => number },
): Schedule {
  checkInteger(warmupSteps, { where, what: "warmupSteps", min: 0 });
  return (step, totalSteps) => {
    if (step <= warmupSteps) return step / warmupSteps;
    return after((step - warmupSteps - 1) / Math.max(1, totalSteps - warmupSteps));
  };
}
