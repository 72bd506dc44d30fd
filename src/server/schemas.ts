/** What requests and answers look like: checked at run time, written into the OpenAPI document, and TypeScript's types. */
import { Type, type Static } from "typebox";
import { TASKS, type Task } from "./models/served-model.ts";
import { STATUS } from "./service-error.ts";
import type { ServiceSettings } from "./settings.ts";

const closed = { additionalProperties: false } as const;

export const ErrorSchema = Type.Object(
  {
    error: Type.Object({
      code: Type.String({ description: `One of ${Object.keys(STATUS).join(", ")}.` }),
      message: Type.String({ description: "What is wrong and what to do, in a sentence or two." }),
    }),
  },
  { description: "What went wrong." },
);

const tokenIds = Type.Array(Type.Integer({ minimum: 0 }), { maxItems: 1000 });

/** The options of `generate` that a request may set, under the names that they have in transformers, in camelCase. */
function toGenerationSchema({ maxNewTokens, maxBeams }: ServiceSettings) {
  const tokens = (description: string, minimum = 1) =>
    Type.Optional(Type.Integer({ minimum, maximum: maxNewTokens, description }));
  const number = (description: string, range: object) =>
    Type.Optional(Type.Number({ description, ...range }));
  const beams = (description: string) =>
    Type.Optional(Type.Integer({ minimum: 1, maximum: maxBeams, description }));
  return Type.Object(
    {
      maxNewTokens: tokens("How many tokens are generated at most."),
      minNewTokens: tokens("No end before so many tokens.", 0),
      doSample: Type.Optional(
        Type.Boolean({ description: "Draw the next token instead of taking the best." }),
      ),
      numBeams: beams("How many beginnings are kept at each step. 1: greedy search."),
      numBeamGroups: beams("Beams in so many groups that avoid each other's tokens."),
      numReturnSequences: beams("How many outputs for each text: they come as `alternatives`."),
      earlyStopping: Type.Optional(
        Type.Union([Type.Boolean(), Type.Literal("never")], { description: "When a beam search ends." }),
      ),
      lengthPenalty: number("The exponent of the length by which a score is divided.", {
        minimum: -10,
        maximum: 10,
      }),
      diversityPenalty: number("Taken off for each earlier beam group that chose the token.", {
        minimum: 0,
        maximum: 100,
      }),
      temperature: number("Below 1 sharper, above 1 flatter. With doSample.", {
        exclusiveMinimum: 0,
        maximum: 100,
      }),
      topK: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 1_000_000, description: "Draw among the k best. 0: all." }),
      ),
      topP: number("Draw among the best whose probabilities add up to p.", { minimum: 0, maximum: 1 }),
      minP: number("Draw among tokens so likely in proportion to the likeliest.", { minimum: 0, maximum: 1 }),
      typicalP: number("Draw among the tokens of expected surprise, up to this mass.", {
        exclusiveMinimum: 0,
        maximum: 1,
      }),
      repetitionPenalty: number("Above 1: what is there already is less likely to come again.", {
        exclusiveMinimum: 0,
        maximum: 100,
      }),
      noRepeatNgramSize: tokens("No run of so many tokens comes twice. 0: they may.", 0),
      encoderNoRepeatNgramSize: tokens("No run of so many tokens of the input comes in the output.", 0),
      badWordsIds: Type.Optional(
        Type.Array(tokenIds, { maxItems: 100, description: "Runs of tokens that must not come." }),
      ),
      suppressTokens: Type.Optional(tokenIds),
      forcedBosTokenId: Type.Optional(Type.Integer({ minimum: 0 })),
      forcedEosTokenId: Type.Optional(Type.Integer({ minimum: 0 })),
      seed: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 2 ** 31,
          description: "Decides the draws. Text number i draws with seed + i.",
        }),
      ),
    },
    {
      ...closed,
      description:
        "Options of the search, by their names in transformers: in camelCase, or as there (`num_beams`).",
    },
  );
}

/** The names that a request may write with underscores. */
export function optionNames(settings: ServiceSettings): readonly string[] {
  return Object.keys(toGenerationSchema(settings).properties);
}

function toTextSchema({ maxTextLength, maxTexts }: ServiceSettings) {
  const text = Type.String({ minLength: 1, maxLength: maxTextLength });
  return Type.Union([text, Type.Array(text, { minItems: 1, maxItems: maxTexts })], {
    description: "One text, or a list.",
  });
}

export function toReadingSchema(settings: ServiceSettings) {
  return Type.Object(
    {
      model: Type.Optional(
        Type.String({ maxLength: 200, description: "Its id. Needed where several models do the same." }),
      ),
      text: toTextSchema(settings),
      scores: Type.Optional(Type.Boolean({ description: "Add scores. Default false." })),
    },
    closed,
  );
}

export function toWritingSchema(settings: ServiceSettings) {
  return Type.Object(
    {
      ...toReadingSchema(settings).properties,
      options: Type.Optional(toGenerationSchema(settings)),
      stream: Type.Optional(
        Type.Boolean({ description: "Send tokens as they come, as server-sent events. Default false." }),
      ),
    },
    closed,
  );
}

export type WritingRequest = Static<ReturnType<typeof toWritingSchema>>;

const ClassScoreSchema = Type.Object({ label: Type.String(), score: Type.Number() });

const ClassifiedSchema = Type.Object({
  label: Type.String(),
  score: Type.Number({ description: "The probability of the label." }),
  scores: Type.Optional(Type.Array(ClassScoreSchema, { description: "All labels, the likeliest first." })),
});

const LabelledSchema = Type.Object({
  spans: Type.Array(
    Type.Object({
      start: Type.Integer({ description: "In UTF-16 units, as JavaScript counts." }),
      end: Type.Integer({ description: "After the last character." }),
      text: Type.String(),
      label: Type.String(),
      score: Type.Optional(Type.Number({ description: "How sure the model is: the least of its tokens." })),
    }),
  ),
});

const AlternativeSchema = Type.Object({
  text: Type.String(),
  score: Type.Optional(Type.Number({ description: "Σ log p / lengthᵅ: what outputs are ranked by." })),
  logProbability: Type.Optional(Type.Number({ description: "Σ log p of its tokens." })),
  tokens: Type.Optional(Type.Array(Type.String())),
});

const GeneratedSchema = Type.Object({
  ...AlternativeSchema.properties,
  alternatives: Type.Optional(Type.Array(AlternativeSchema, { description: "All outputs, the best first." })),
});

const PREDICTIONS = {
  classify: ClassifiedSchema,
  label: LabelledSchema,
  translate: GeneratedSchema,
  generate: GeneratedSchema,
} as const;

export function toReplySchema(task: Task) {
  return Type.Object({
    model: Type.String(),
    predictions: Type.Array(PREDICTIONS[task], { description: "One for each text, in their order." }),
  });
}

export const ModelsSchema = Type.Object({
  models: Type.Array(
    Type.Object({
      id: Type.String(),
      ready: Type.Boolean(),
      task: Type.Optional(Type.Enum([...TASKS])),
      modelType: Type.Optional(Type.String()),
      labels: Type.Optional(Type.Array(Type.String())),
      parameters: Type.Optional(Type.Integer()),
      vocabSize: Type.Optional(Type.Integer()),
      maxLength: Type.Optional(Type.Integer()),
      version: Type.Optional(Type.String({ description: "Changes when the model's folder does." })),
    }),
  ),
});

export const StatusSchema = Type.Object({ status: Type.String() });
