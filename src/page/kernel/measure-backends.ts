/** Which backend trains fastest here: a kernel of its own for each, one after the other, ended as soon as it has told. */
import type { BackendName, FromKernel, MeasuredTraining } from "../../../kernels/runtime/protocol.ts";
import type { StartKernel } from "../session/index.ts";

/** Milliseconds of a small model's training step, by backend; one that does not start here is absent. */
export type BackendTimes = Readonly<Partial<Record<BackendName, number>>>;

export interface MeasureOptions {
  readonly startKernel: StartKernel;
  readonly candidates: readonly BackendName[];
  /** Milliseconds after which a backend counts as one that does not start. Default 30 s: shaders may be compiled first. */
  readonly patience?: number;
}

export async function measureBackends(options: MeasureOptions): Promise<BackendTimes> {
  const { startKernel, candidates, patience = 30_000 } = options;
  const times: Partial<Record<BackendName, number>> = {};
  for (const backend of candidates) {
    const measured = await measureOne(startKernel, { backend, patience });
    // A kernel whose backend does not start takes another, which has its own turn.
    if (measured?.backend === backend) times[backend] = measured.ms;
  }
  return times;
}

function measureOne(
  startKernel: StartKernel,
  { backend, patience }: { readonly backend: BackendName; readonly patience: number },
): Promise<MeasuredTraining | undefined> {
  return new Promise((resolve) => {
    let terminate = (): void => undefined;
    let ended = false;
    const end = (measured?: MeasuredTraining) => {
      clearTimeout(late);
      ended = true;
      terminate();
      resolve(measured);
    };
    const late = setTimeout(end, patience);
    const hear = (message: FromKernel) => {
      if (message.type !== "reply") return;
      end(message.result.ok ? (message.result.value as MeasuredTraining) : undefined);
    };
    startKernel({ backend, onMessage: hear, onFailure: () => end() }).then(
      (connection) => {
        if (ended) return connection.terminate();
        terminate = () => connection.terminate();
        connection.send({ type: "measure", id: 1 });
      },
      () => end(),
    );
  });
}

/** The backend with the shortest step. */
export function findFastest(times: BackendTimes): BackendName | undefined {
  const entries = Object.entries(times) as [BackendName, number][];
  return entries.sort(([, a], [, b]) => a - b)[0]?.[0];
}
