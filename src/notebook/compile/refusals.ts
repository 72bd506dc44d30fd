import { assignedElsewhere, reservedName, syntaxError, type Complaint } from "./complaints.ts";

/** What Notebook Kit's parser has against a cell: its message ends in the place, `(line:column)`, columns from 0. */
export interface Refusal {
  readonly complaint: Complaint;
  readonly line: number;
  readonly column: number;
}

export function toRefusal(error: SyntaxError): Refusal {
  const [, message = error.message, line = "1", column = "0"] =
    error.message.match(/^(.*) \((\d+):(\d+)\)$/s) ?? [];
  return { complaint: toComplaint(message), line: Number(line), column: Number(column) + 1 };
}

function toComplaint(message: string): Complaint {
  const assigned = message.match(/^Assignment to (?:external variable|global) '(.+)'$/)?.[1];
  if (assigned) return assignedElsewhere(assigned);
  const global = message.match(/^Global '(.+)' cannot be redefined$/)?.[1];
  if (global) return reservedName(global);
  return syntaxError(message);
}
