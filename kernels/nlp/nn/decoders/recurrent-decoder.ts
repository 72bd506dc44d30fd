import * as tf from "@tensorflow/tfjs";
import type { NextTokenModel } from "../../decode/model.ts";
import { toSources, type SourceInput } from "../../decode/prompts.ts";
import type { DecoderStates, RecurrentSeq2Seq } from "../models/recurrent-seq2seq.ts";
import { createEvaluation, padRows, readLast, takeRows } from "./decoder-state.ts";

interface State {
  readonly memory: tf.Tensor;
  readonly states: DecoderStates;
  readonly keyPaddingMask?: tf.Tensor;
}

/** All that a recurrent decoder has to remember is its states: it has no use for a cache. */
export function createRecurrentDecoder(model: RecurrentSeq2Seq): NextTokenModel<SourceInput, State> {
  const { padTokenId } = model.config;
  const inEvaluation = createEvaluation(model);

  const extend = (ids: tf.Tensor, state: State) => inEvaluation(() => model.decode(ids, state));

  return {
    isEncoderDecoder: true,
    generationConfig: model.generationConfig,
    async start(sources, prompts) {
      const { ids: inputIds, mask: keyPaddingMask } = padRows(toSources(sources, "toDecoder"), {
        padId: padTokenId,
      });
      const attentionMask = keyPaddingMask && tf.tidy(() => tf.sub(1, keyPaddingMask));
      const { memory, states } = inEvaluation(() => model.encode({ inputIds, attentionMask }));
      const { ids } = padRows(prompts, { padId: padTokenId });
      const from = { memory, states, ...(keyPaddingMask && { keyPaddingMask }) };
      const next = extend(ids, from);
      tf.dispose([inputIds, ids, ...states, ...(attentionMask ? [attentionMask] : [])]);
      return readLast(next.logits, { ...from, states: next.states });
    },
    async step(state, tokens) {
      const ids = tf.tensor2d([...tokens], [tokens.length, 1], "int32");
      const next = extend(ids, state);
      tf.dispose([ids, ...state.states]);
      return readLast(next.logits, { ...state, states: next.states });
    },
    reorder({ memory, states, keyPaddingMask }, rows) {
      const [ownMemory, ownMask] = takeRows(keyPaddingMask ? [memory, keyPaddingMask] : [memory], rows);
      return {
        memory: ownMemory,
        states: takeRows(states, rows, 1),
        ...(ownMask && { keyPaddingMask: ownMask }),
      };
    },
    dispose({ memory, states, keyPaddingMask }) {
      tf.dispose([memory, ...states, ...(keyPaddingMask ? [keyPaddingMask] : [])]);
    },
  };
}
