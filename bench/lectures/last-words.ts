/** What a cell shows in the end, in one line. */
import type { Output, TrainingOutput } from "../../kernels/runtime/display/output.ts";
import { plainText } from "../../kernels/runtime/display/plain.ts";
import type { RunCell } from "./run-lecture.ts";

const WIDTH = 110;

export function isTraining({ outputs }: RunCell): boolean {
  return outputs.some(({ kind }) => kind === "training");
}

/** Of a training its last loss and metrics; else the last line of its plain text that says something. */
export function getLastWords(cell: RunCell): string {
  if (cell.state !== "done") return cell.state;
  const words = cell.outputs.map(toLine).filter((line) => line !== "");
  const line = words.at(-1) ?? "";
  return line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line;
}

function toLine(output: Output): string {
  if (output.kind === "training") return toTrainingLine(output);
  // A control shows nothing that was computed.
  if (output.kind === "input") return "";
  return plainText(output).trim().split("\n").at(-1)?.replace(/\s+/g, " ").trim() ?? "";
}

function toTrainingLine(output: TrainingOutput): string {
  const [facts] = plainText(output).split("\n");
  const metrics = output.validation.metrics.flatMap(({ name, values }) => {
    const last = values.at(-1);
    return last === undefined ? [] : [`${name} ${last.toPrecision(3)}`];
  });
  return [facts, ...metrics].join(", ");
}
