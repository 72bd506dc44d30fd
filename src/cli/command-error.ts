/** The command was given something that it cannot work with: printed as one line, exit code 2. */
export class CommandError extends Error {
  override name = "CommandError";
}
