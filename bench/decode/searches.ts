/** The searches that decode.ts has measured; run in a process of its own. */
import { generate } from "../../kernels/nlp/decode/index.ts";
import { CausalLanguageModel, toDecoder, TransformerSeq2Seq } from "../../kernels/nlp/nn/index.ts";
import { startBackend, takeTurns, tell, toReads } from "../in-node.ts";
import type { Read } from "../report.ts";

const NEW_TOKENS = 32;
const SOURCE = 12;

const tokens = { bosTokenId: 2, eosTokenId: 3, maxLength: 64, seed: 1 };

/** The first two as in the lectures on sequences and decoding, the others larger than what a lecture has time to train. */
const SUBJECTS = [
  {
    name: "translator, 1 layer of 64",
    create: () => new TransformerSeq2Seq({ ...tokens, vocabSize: 800, hiddenSize: 64, numLayers: 1 }),
    inputs: [1, 32],
  },
  {
    name: "storyteller, 1 layer of 64",
    create: () => new CausalLanguageModel({ ...tokens, vocabSize: 500, hiddenSize: 64, numLayers: 1 }),
    inputs: [1, 32],
  },
  {
    name: "translator, 4 layers of 128",
    create: () => new TransformerSeq2Seq({ ...tokens, vocabSize: 2000, hiddenSize: 128, numLayers: 4 }),
    inputs: [1, 8],
  },
  {
    name: "storyteller, 4 layers of 128",
    create: () => new CausalLanguageModel({ ...tokens, vocabSize: 2000, hiddenSize: 128, numLayers: 4 }),
    inputs: [1, 8],
  },
];

void start();

async function start(): Promise<void> {
  await startBackend();
  const reads: Read[] = [];
  for (const { name, create, inputs: counts } of SUBJECTS) {
    const model = create().eval();
    for (const count of counts) {
      const inputs = Array.from({ length: count }, (_, input) =>
        Array.from({ length: SOURCE }, (_, place) => 4 + ((31 * input + 7 * place) % 400)),
      );
      const search = async (cache: boolean) => {
        const { outputs } = await generate(toDecoder(model as TransformerSeq2Seq, { cache }), inputs, {
          numBeams: 4,
          maxNewTokens: NEW_TOKENS,
          minNewTokens: NEW_TOKENS,
        });
        return JSON.stringify(outputs.map(({ hypotheses }) => hypotheses.map(({ tokens }) => tokens)));
      };
      if ((await search(true)) !== (await search(false)))
        throw new Error(`bench/decode: ${name} writes something else without its cache.`);
      const times = await takeTurns([() => search(true), () => search(false)], { rounds: 10, turn: 200 });
      reads.push(...toReads(`${name}, ${count === 1 ? "1 input" : `${count} inputs`}`, times));
    }
    model.dispose();
  }
  tell(reads);
}
