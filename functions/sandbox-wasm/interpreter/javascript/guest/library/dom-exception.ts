/** The old numeric codes, for the names that still have one. */
const CODES: Record<string, number> = {
  InvalidCharacterError: 5,
  AbortError: 20,
  TimeoutError: 23,
  DataCloneError: 25,
};

/** What the web's APIs throw: an error told apart by its name. */
export class DOMException extends Error {
  constructor(message = '', name = 'Error') {
    super(message);
    Object.defineProperty(this, 'name', { value: name, configurable: true });
  }

  get code(): number {
    return CODES[this.name] ?? 0;
  }
}
