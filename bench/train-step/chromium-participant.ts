/** A participant in a worker of Chromium, started by places.ts; what it needs lies beside it. */
import { startParticipant, type ParticipantRequest } from "./participant.ts";

const scope = globalThis as unknown as Worker & { readonly location: { readonly href: string } };
const here = new URL(".", scope.location.href).href;
const asked = new URL(scope.location.href).searchParams;

void start();

async function start(): Promise<void> {
  const load = async (name: string) => (await fetch(here + name)).arrayBuffer();
  const participant = await startParticipant({
    files: here,
    ...(asked.has("native") && { load, cores: Number(asked.get("cores")) }),
  });
  scope.onmessage = ({ data }: MessageEvent<ParticipantRequest>) => {
    participant.run(data).then(
      (times) => scope.postMessage({ times }),
      (error: unknown) => scope.postMessage({ error: String(error) }),
    );
  };
  scope.postMessage({ about: participant.about });
}
