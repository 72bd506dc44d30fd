import type { SourceSpan } from "../../../kernels/runtime/program.ts";
import type { Complaint } from "./complaints.ts";

/** Thrown by the compiler's checks, and made a cell's `problem` by `compileCell`. */
export class CellFault extends Error {
  override name = "CellFault";
  readonly complaint: Complaint;
  readonly at: SourceSpan;

  constructor(complaint: Complaint, at: SourceSpan) {
    super(complaint.text.en);
    this.complaint = complaint;
    this.at = at;
  }
}
