import { EventEmitter } from './events.ts';
import { process } from './process.ts';

interface Input {
  on(name: string, listener: (chunk: never) => void): unknown;
  setEncoding?(encoding: string): unknown;
  pause?(): unknown;
  resume?(): unknown;
}

interface Output {
  write(text: string): unknown;
}

interface InterfaceOptions {
  input?: Input;
  output?: Output;
}

type Answer = (line: string) => void;

/** `readline.Interface`: the lines of a stream as events, questions, or an async iteration. */
export class Interface extends EventEmitter {
  readonly #lines: string[] = [];
  readonly #questions: Answer[] = [];
  readonly #waiting: ((line: string | null) => void)[] = [];
  readonly #output: Output | null;
  readonly #input: Input;
  #rest = '';
  #isIterated = false;
  #hasEnded = false;
  #prompt = '> ';

  constructor({ input, output }: InterfaceOptions) {
    super();
    this.#input = input ?? (Reflect.get(process, 'stdin') as Input);
    this.#output = output ?? null;
    this.#input.setEncoding?.('utf8');
    this.#input.on('data', (chunk: string) => this.#take(String(chunk)));
    this.#input.on('end', () => this.#end());
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#give(line);
  }

  #give(line: string): void {
    const question = this.#questions.shift();
    const waiting = question === undefined ? this.#waiting.shift() : undefined;
    if (question !== undefined) question(line);
    else if (waiting !== undefined) waiting(line);
    else if (this.#isIterated || this.listenerCount('line') === 0) this.#lines.push(line);
    else this.emit('line', line);
  }

  #end(): void {
    if (this.#rest !== '') this.#give(this.#rest);
    this.#rest = '';
    this.close();
  }

  question(query: string, options: unknown, callback?: Answer): void {
    const answer = typeof options === 'function' ? (options as Answer) : callback;
    this.#output?.write(query);
    const line = this.#lines.shift();
    if (answer === undefined) return;
    if (line !== undefined) answer(line);
    else this.#questions.push(answer);
  }

  setPrompt(prompt: string): void {
    this.#prompt = prompt;
  }

  prompt(): void {
    this.#output?.write(this.#prompt);
  }

  write(text: string): void {
    this.#output?.write(text);
  }

  pause(): this {
    this.#input.pause?.();
    return this;
  }

  resume(): this {
    this.#input.resume?.();
    return this;
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#input.pause?.();
    for (const waiting of this.#waiting.splice(0)) waiting(null);
    this.emit('close');
  }

  #next(): Promise<string | null> {
    const line = this.#lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    if (this.#hasEnded) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    this.#isIterated = true;
    for (let line = await this.#next(); line !== null; line = await this.#next()) yield line;
  }
}

export const readline = {
  createInterface: (options: InterfaceOptions) => new Interface(options ?? {}),
  Interface,
  clearLine: () => true,
  cursorTo: () => true,
  moveCursor: () => true,
};

/** An interface whose questions answer with promises. */
class PromiseInterface extends Interface {
  override question(query: string): Promise<string> {
    return new Promise((resolve) => super.question(query, resolve));
  }
}

export const readlinePromises = {
  createInterface: (options: InterfaceOptions) => new PromiseInterface(options ?? {}),
  Interface: PromiseInterface,
};
