/**
 * The display protocol: what a cell can show, as plain data. One type per kind; each is drawn by one renderer in
 * src/outputs and has a plain-text form in plain.ts, so that one run can be drawn, printed in a terminal or exported.
 */
import type { Text } from "../localized.ts";
import type { SourceSpan } from "../program.ts";

export type Output =
  | TextOutput
  | MarkdownOutput
  | HtmlOutput
  | InspectOutput
  | FigureOutput
  | TableOutput
  | TokensOutput
  | ConfusionOutput
  | AttentionOutput
  | BeamTreeOutput
  | DecodingOutput
  | AutopsyOutput
  | TrainingOutput
  | ProgressOutput
  | InputOutput
  | LogOutput
  | ErrorOutput;

export type OutputKind = Output["kind"];

/** Preformatted text, line breaks kept. */
export interface TextOutput {
  readonly kind: "text";
  readonly text: Text;
}

export interface MarkdownOutput {
  readonly kind: "markdown";
  readonly markdown: Text;
}

/** HTML that the page sanitises before it draws it. */
export interface HtmlOutput {
  readonly kind: "html";
  readonly html: string;
}

/** A value as a tree that can be opened. Bounded when it is made: see inspect.ts. */
export interface InspectOutput {
  readonly kind: "inspect";
  readonly value: Inspected;
}

/** A bounded, plain picture of a JavaScript value. */
export type Inspected =
  | {
      readonly type: "primitive";
      readonly of: "string" | "number" | "bigint" | "boolean" | "undefined" | "null" | "symbol";
      readonly text: string;
      readonly length?: number;
    }
  | { readonly type: "function"; readonly name: string; readonly of: "function" | "class" }
  | { readonly type: "date" | "regexp"; readonly text: string }
  | { readonly type: "error"; readonly name: string; readonly message: string }
  | {
      readonly type: "tensor";
      readonly shape: readonly number[];
      readonly dtype: string;
      readonly head: readonly (number | string | boolean)[];
      readonly disposed: boolean;
    }
  | {
      readonly type: "list";
      /** "Array", "Float32Array", "Set", … */
      readonly name: string;
      readonly length: number;
      readonly items: readonly Inspected[];
    }
  | {
      readonly type: "record";
      /** The constructor's name, "Object" for a plain one, "Map" for a map. */
      readonly name: string;
      readonly size: number;
      readonly entries: readonly { readonly key: Inspected | string; readonly value: Inspected }[];
    }
  /** Left out: too deep, met before, or a getter that was not called. */
  | { readonly type: "elided"; readonly why: "depth" | "circular" | "getter"; readonly name: string };

/** A Plotly figure. Strings in `layout` and trace names may be Localized. */
export interface FigureOutput {
  readonly kind: "figure";
  /** Plotly traces: of the types scatter, bar, heatmap and contour. */
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
  /** What the figure shows, in a sentence, for a reader who does not see it. */
  readonly description: Text;
}

export interface TableColumn {
  readonly name: string;
  readonly label: Text;
  /** How the cells align and sort. */
  readonly type: "number" | "text" | "boolean";
  /** Digits after the point for numbers. Default: as few as show the value to 4 significant digits. */
  readonly digits?: number;
}

export interface TableOutput {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  /** One array a row, one value a column. Localized values are shown in the reader's language. */
  readonly rows: readonly (readonly (string | number | boolean | null | Text)[])[];
  /** Rows there were; more than `rows.length` when the kernel cut them. */
  readonly totalRows: number;
  readonly caption?: Text;
  /** Rows shown on one page. */
  readonly pageSize: number;
}

export interface TokensOutput {
  readonly kind: "tokens";
  readonly sequences: readonly TokenSequence[];
  readonly caption?: Text;
}

export interface TokenSequence {
  readonly tokens: readonly string[];
  readonly ids?: readonly number[];
  /** 1 on tokens, 0 on padding. */
  readonly attentionMask?: readonly number[];
  readonly tokenTypeIds?: readonly number[];
  /** A label a token, or null where there is none (−100). */
  readonly labels?: readonly (string | null)[];
  /** A number a token, drawn as the strength of its background; any sign. */
  readonly weights?: readonly number[];
  /** Entities over the tokens: those that are there, and those that a model found. */
  readonly spans?: readonly TokenSpan[];
}

export interface TokenSpan {
  /** The first token, and the one behind the last. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly of: "gold" | "predicted";
  /** How it agrees with the other side; undefined where there is only one side. */
  readonly agreement?: SpanAgreement;
}

/** As in `entityScores` of gongbu/metrics. */
export type SpanAgreement = "correct" | "type" | "boundary" | "boundary-and-type" | "missed" | "invented";

export interface ConfusionOutput {
  readonly kind: "confusion";
  readonly labels: readonly Text[];
  /** counts[truth][prediction] */
  readonly counts: readonly (readonly number[])[];
  /** What was counted: a cell that is opened shows its own. The first few of each cell. */
  readonly examples?: readonly ConfusionExample[];
  readonly caption?: Text;
}

/** Places in the labels, and the text that was sorted. */
export interface ConfusionExample {
  readonly truth: number;
  readonly prediction: number;
  readonly text: Text;
}

/** How strongly each token of one sequence looks at each token of another, by layer and head. */
export interface AttentionOutput {
  readonly kind: "attention";
  /** One a kind of attention: a model with encoder and decoder has three. */
  readonly views: readonly AttentionView[];
  readonly caption?: Text;
}

export interface AttentionView {
  readonly name?: Text;
  /** The tokens that look: the rows. */
  readonly queries: readonly string[];
  /** The tokens that are looked at: the columns. */
  readonly keys: readonly string[];
  /** weights[layer][head][query][key]; those of a query sum to 1. */
  readonly weights: readonly (readonly AttentionMatrix[])[];
  /** mask[query][key]: 1 where the query may look, 0 where it may not. Without it, everywhere. */
  readonly mask?: AttentionMatrix;
}

/** [query][key] */
export type AttentionMatrix = readonly (readonly number[])[];

/** A search for the likeliest output, step by step: what was kept, what ended, what was dropped, and why. */
export interface BeamTreeOutput {
  readonly kind: "beamTree";
  readonly numBeams: number;
  readonly lengthPenalty: number;
  /** What the output went on from. */
  readonly prompt: string;
  /** A node's place here is its id; its parent stands before it. */
  readonly nodes: readonly BeamNode[];
  /** For each step its nodes, from `first` up to, not including, `end`, and the hypotheses in the pool after it, the best first. */
  readonly steps: readonly {
    readonly first: number;
    readonly end: number;
    readonly pool: readonly number[];
  }[];
  readonly hypotheses: readonly BeamHypothesis[];
  /** The hypotheses that were returned, the best first. */
  readonly returned: readonly number[];
  /** The nodes on the path of greedy search, as far as they are in the tree. */
  readonly greedy: readonly number[];
  /** Why the search ended. */
  readonly stop: Text;
  readonly caption?: Text;
}

export type BeamFate = "kept" | "finished" | "pruned" | "forbidden";

export interface BeamNode {
  /** From 1. */
  readonly step: number;
  /** null: the prompt. */
  readonly parent: number | null;
  readonly token: string;
  /** log p of this token. */
  readonly logProbability: number;
  /** The sum that the search goes by, up to here. */
  readonly total: number;
  /** The total with the length penalty. */
  readonly score: number;
  readonly fate: BeamFate;
  /** Why it was pruned or forbidden, in a sentence. */
  readonly why?: Text;
}

export interface BeamHypothesis {
  readonly node: number;
  readonly text: string;
  readonly length: number;
  readonly total: number;
  readonly score: number;
  /** The step at which it entered the pool, and at which it was pushed out; null where it never did. */
  readonly entered: number | null;
  readonly left: number | null;
}

/** Several ways to decode, side by side on the same inputs. */
export interface DecodingOutput {
  readonly kind: "decoding";
  readonly strategies: readonly DecodingStrategy[];
  /** `results[i]` is what strategy number i made of the input. */
  readonly inputs: readonly {
    readonly source: string;
    readonly reference?: string;
    readonly results: readonly DecodingResult[];
  }[];
  readonly caption?: Text;
}

export interface DecodingStrategy {
  readonly name: Text;
  /** Over all inputs: BLEU, chrF, … */
  readonly metrics: readonly { readonly name: string; readonly value: number }[];
  /** For all inputs. */
  readonly seconds?: number;
  /** A new search is under way: what stands is from the one before. */
  readonly searching?: boolean;
}

export interface DecodingResult {
  readonly text: string;
  /** What the search ranked it by, and the model's own log p of it. */
  readonly score?: number;
  readonly logProbability?: number;
  /** In tokens. */
  readonly length?: number;
  readonly tree?: BeamTreeOutput;
}

/** Why a search did not return the output that was wanted. */
export interface AutopsyOutput {
  readonly kind: "autopsy";
  readonly numBeams: number;
  readonly verdict: "found" | "search-error" | "model-error" | "forbidden";
  readonly target: readonly AutopsyToken[];
  /** null where a rule forbids it. */
  readonly targetScore: number | null;
  readonly best: { readonly text: string; readonly score: number };
  /** Where the target was lost, by what margin (null: unknown), and why. null: it was among the outputs that ended. */
  readonly loss: { readonly step: number; readonly margin: number | null; readonly why: Text } | null;
  /** The smallest beam that keeps the target; null: none of those tried. */
  readonly smallestBeam: number | null;
  /** How many of the target's tokens were in a beam of each width at last. */
  readonly trials: readonly {
    readonly numBeams: number;
    readonly kept: boolean;
    readonly survived: number;
  }[];
  readonly caption?: Text;
}

export interface AutopsyToken {
  readonly token: string;
  readonly logProbability: number;
  /** How many tokens the model likes better here. */
  readonly rank: number;
  /** The one that it likes best. */
  readonly best: string;
}

/** A training so far: its curves by step, what validation said, and how far it has come. */
export interface TrainingOutput {
  readonly kind: "training";
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly done: boolean;
  /** Lists of one length, thinned where there were too many steps to see. */
  readonly curves: {
    readonly step: readonly number[];
    readonly loss: readonly number[];
    readonly lr: readonly number[];
    readonly gradNorm: readonly number[];
  };
  readonly validation: {
    readonly step: readonly number[];
    readonly metrics: readonly { readonly name: string; readonly values: readonly number[] }[];
  };
  /** Units a second, and what the unit is. */
  readonly rate?: number;
  readonly unit?: "tokens" | "examples";
  /** Seconds. */
  readonly remaining?: number;
  readonly caption?: Text;
}

export interface ProgressOutput {
  readonly kind: "progress";
  readonly label?: Text;
  readonly value: number;
  /** Undefined when the end is not known. */
  readonly total?: number;
  /** Units a second, and what the unit is ("steps", "tokens"). */
  readonly rate?: number;
  readonly unit?: Text;
  /** Seconds. */
  readonly remaining?: number;
  /** A line beside the bar, for instance the loss. */
  readonly note?: Text;
}

/** A control that the page draws; its value goes back to the kernel by `inputId`. */
export interface InputOutput {
  readonly kind: "input";
  readonly inputId: string;
  readonly control: Control;
  /** The value the control has now, as the page shows it (see each control). */
  readonly value: unknown;
  /** What `validate` in the kernel said of the last value, if it refused it. */
  readonly invalid?: Text;
}

interface ControlBase {
  readonly label?: Text;
  readonly disabled?: boolean | readonly string[];
  readonly width?: number;
  /** Milliseconds of rest before a value is sent. 0: at once. */
  readonly debounce?: number;
}

/** Options are sent with their index: a choice's value goes back as the index (or list of indices). */
export type Control =
  /** value: number. `formatted` is `format(value)` by the kernel where the learner gave a function. */
  | (ControlBase & {
      readonly type: "range";
      readonly min: number;
      readonly max: number;
      readonly step?: number;
      readonly scale?: "linear" | "log";
      readonly formatted?: string;
      readonly placeholder?: string;
      /** Milliseconds a step, where the slider can be played. */
      readonly play?: number;
    })
  /** value: number | undefined */
  | (ControlBase & {
      readonly type: "number";
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
      readonly placeholder?: string;
      readonly required?: boolean;
    })
  /** value: index | null, or indices when multiple */
  | (ControlBase & {
      readonly type: "select";
      readonly options: readonly Text[];
      readonly multiple: boolean | number;
    })
  /** value: index | null */
  | (ControlBase & { readonly type: "radio"; readonly options: readonly Text[] })
  /** value: indices */
  | (ControlBase & { readonly type: "checkbox"; readonly options: readonly Text[] })
  /** value: boolean (the kernel maps it onto the learner's pair of values) */
  | (ControlBase & { readonly type: "toggle" })
  /** value: string */
  | (ControlBase & {
      readonly type: "text";
      readonly placeholder?: string;
      readonly submit?: boolean | Text;
      readonly minlength?: number;
      readonly maxlength?: number;
      readonly required?: boolean;
      readonly pattern?: string;
      readonly datalist?: readonly string[];
      readonly inputType?: "text" | "email" | "tel" | "url" | "password" | "color" | "date";
    })
  /** value: string */
  | (ControlBase & {
      readonly type: "textarea";
      readonly placeholder?: string;
      readonly rows?: number;
      readonly submit?: boolean | Text;
      readonly minlength?: number;
      readonly maxlength?: number;
      readonly required?: boolean;
      readonly monospace?: boolean;
      readonly readonly?: boolean;
    })
  /** value: the number of clicks of each button; sent as the index of the button pressed */
  | (ControlBase & { readonly type: "button"; readonly buttons: readonly Text[] })
  /** value: an array or record of its children's values; each child sends for itself */
  | (ControlBase & {
      readonly type: "form";
      readonly children: readonly { readonly key: string; readonly input: InputOutput }[];
      readonly template: "list" | "record";
    })
  /** value: indices of the selected rows */
  | (ControlBase & {
      readonly type: "table";
      readonly table: TableOutput;
      readonly multiple: boolean;
      readonly required?: boolean;
    })
  /** value: list of File objects (structured-cloned to the kernel) */
  | (ControlBase & {
      readonly type: "file";
      readonly accept?: string;
      readonly multiple?: boolean;
      readonly required?: boolean;
    });

export interface LogOutput {
  readonly kind: "log";
  readonly level: "log" | "info" | "warn" | "error" | "debug";
  readonly parts: readonly Inspected[];
  /** How often the same line came in a row. */
  readonly count: number;
  readonly at?: SourceSpan;
}

export interface ErrorOutput {
  readonly kind: "error";
  readonly error: PlainError;
}

/** An error as data: what survives the way from a cell to the page, the terminal and a file. */
export interface PlainError {
  readonly name: string;
  /** A code with a page under docs/errors/, where the error is one of ours. */
  readonly code?: string;
  readonly text: Text;
  /** The place in the cell's own source, where known. */
  readonly cell?: string;
  readonly at?: SourceSpan;
  /** Lines of the stack that lie in cells or have a name that a learner knows, innermost first. */
  readonly frames?: readonly { readonly cell?: string; readonly name: string; readonly at?: SourceSpan }[];
  readonly cause?: PlainError;
}
