/** A program that must be refused. */
export interface WrongProgram {
  /** Completes "refuses …". */
  name: string;
  source: string;
  /** Where its author has to look first. */
  line: number;
  /** Part of the message. */
  message: string;
}
