/** The options of `util.inspect` that this library honours, with Node's defaults. */
export interface InspectOptions {
  showHidden?: boolean;
  /** Null: without end. */
  depth?: number | null;
  colors?: boolean;
  customInspect?: boolean;
  maxArrayLength?: number | null;
  maxStringLength?: number | null;
  breakLength?: number;
  compact?: boolean | number;
  sorted?: boolean | ((a: string, b: string) => number);
  getters?: boolean | 'get' | 'set';
  numericSeparator?: boolean;
}

/** The state of one `inspect` call. */
export interface Context {
  showHidden: boolean;
  depth: number;
  customInspect: boolean;
  maxArrayLength: number;
  maxStringLength: number;
  breakLength: number;
  /** How many inner levels may share a line; 0 for none. */
  compact: number;
  sorted: boolean | ((a: string, b: string) => number);
  getters: boolean;
  colors: boolean;
  indentation: number;
  /** The depth of the object that was formatted last. */
  currentDepth: number;
  /** The objects around the current one. */
  seen: object[];
  /** Numbers of the objects that contain themselves. */
  circular: Map<object, number>;
  given: InspectOptions;
}

export const inspectDefaults: Required<InspectOptions> = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

export function createContext(given: InspectOptions): Context {
  const all = { ...inspectDefaults, ...given };
  return {
    showHidden: all.showHidden === true,
    depth: all.depth ?? Number.POSITIVE_INFINITY,
    customInspect: all.customInspect !== false,
    maxArrayLength: all.maxArrayLength ?? Number.POSITIVE_INFINITY,
    maxStringLength: all.maxStringLength ?? Number.POSITIVE_INFINITY,
    breakLength: all.breakLength ?? 80,
    compact: all.compact === true ? 3 : all.compact === false ? 0 : all.compact,
    sorted: all.sorted,
    getters: all.getters !== false,
    colors: all.colors === true,
    indentation: 0,
    currentDepth: 0,
    seen: [],
    circular: new Map(),
    given,
  };
}
