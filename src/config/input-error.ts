/**
 * The user's input is wrong: a name, a value, a file, a folder.
 *
 * The message is one line that names the place, what was expected and what was found. The command line prints it
 * without a stack and exits with 2; any other error is a defect of the program.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}
