/** The options of `util.inspect` that change what is printed here. `colors` is accepted and ignored. */
export interface InspectOptions {
  depth?: number | null | undefined;
  compact?: boolean | number;
  breakLength?: number;
  showHidden?: boolean;
  sorted?: boolean | ((a: string, b: string) => number);
  colors?: boolean;
  maxArrayLength?: number | null;
  maxStringLength?: number | null;
  customInspect?: boolean;
  getters?: boolean | 'get' | 'set';
}

/** One walk over one value: the resolved options and what the walk has met so far. */
export interface Inspection {
  readonly userOptions: InspectOptions;
  readonly depth: number;
  readonly compact: number;
  readonly breakLength: number;
  readonly showHidden: boolean;
  readonly sorted: InspectOptions['sorted'];
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
  readonly customInspect: boolean;
  /** The objects being printed now, outermost first: meeting one again is a cycle. */
  readonly open: object[];
  /** The number of each object that some cycle refers back to. */
  readonly references: Map<object, number>;
  indentation: number;
  currentLevel: number;
  /** Prints a nested value; held here so that the printers of one kind need not import the dispatcher. */
  readonly print: (value: unknown, level: number, insideTypedArray?: boolean) => string;
}

/** `compact: false` is 0 here, and `compact: true` this: everything that fits goes on one line. */
export const FULLY_COMPACT = -1;

/** Nesting beyond this prints as a class name even with `depth: null`: the guest's stack is small. */
export const DEEPEST_LEVEL = 100;

export function startInspection(options: InspectOptions, print: Inspection['print']): Inspection {
  const compact = options.compact ?? 3;
  return {
    userOptions: options,
    depth: Math.min(options.depth === undefined ? 2 : (options.depth ?? DEEPEST_LEVEL), DEEPEST_LEVEL),
    compact: compact === true ? FULLY_COMPACT : Number(compact),
    breakLength: options.breakLength ?? 80,
    showHidden: options.showHidden ?? false,
    sorted: options.sorted,
    maxArrayLength: limit(options.maxArrayLength, 100),
    maxStringLength: limit(options.maxStringLength, 10_000),
    customInspect: options.customInspect ?? true,
    open: [],
    references: new Map(),
    indentation: 0,
    currentLevel: 0,
    print,
  };
}

function limit(asked: number | null | undefined, usual: number): number {
  return asked === undefined ? usual : Math.max(0, asked ?? Number.POSITIVE_INFINITY);
}

/** Runs `body` with nested lines pushed `columns` further to the right. */
export function indented<T>(inspection: Inspection, columns: number, body: () => T): T {
  inspection.indentation += columns;
  const result = body();
  inspection.indentation -= columns;
  return result;
}

/** "... 3 more items": what stands for the entries that a limit left out. */
export function omitted(count: number, noun: string): string {
  return `... ${count} more ${noun}${count > 1 ? 's' : ''}`;
}
