/** A participant in a process of Node, started by places.ts. `native` as its argument: with our kernels. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { compileSimd } from "../../kernels/simd/compile.ts";
import { allowRelaxedSimd } from "../../kernels/simd/node-relaxed-simd.ts";
import { startParticipant, type ParticipantRequest } from "./participant.ts";

const files = `${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`;
const native = process.argv.includes("native");

void start();

async function start(): Promise<void> {
  allowRelaxedSimd();
  const participant = await startParticipant({ files, ...(native && { load: compileSimd }) });
  process.on("message", (request: ParticipantRequest) => {
    participant.run(request).then(
      (times) => process.send?.({ times }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.send?.({ about: participant.about });
}
