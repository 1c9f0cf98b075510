/**
 * Finds all of many words in one pass over a text: the automaton of Aho and Corasick ("Efficient String Matching",
 * CACM 18/6, 1975). A step takes constant time on average whatever the text, and memory grows with the words alone.
 */
export interface Automaton {
  /** The state after one more UTF-16 code unit. State 0 is the beginning. */
  next(state: number, unit: number): number;
  /** How many of the last code units could still become a word. */
  depthOf(state: number): number;
  /** Indices of the words that end in this state, the longest first; undefined when none does. */
  wordsAt(state: number): readonly number[] | undefined;
}

/** Words must not be empty. */
export function createAutomaton(words: readonly string[]): Automaton {
  const size = words.reduce((total, word) => total + word.length, 1);
  const root = new Int32Array(65_536);
  const unitOf = new Uint16Array(size);
  const firstChild = new Int32Array(size);
  const sibling = new Int32Array(size);
  const fallback = new Int32Array(size);
  const depth = new Int32Array(size);
  const ends: (readonly number[] | undefined)[] = new Array(size).fill(undefined);
  let states = 1;

  const childOf = (state: number, unit: number): number => {
    if (state === 0) return root[unit] as number;
    let child = firstChild[state] as number;
    while (child !== 0 && unitOf[child] !== unit) child = sibling[child] as number;
    return child;
  };
  const next = (state: number, unit: number): number => {
    for (let from = state; from !== 0; from = fallback[from] as number) {
      let child = firstChild[from] as number;
      while (child !== 0 && unitOf[child] !== unit) child = sibling[child] as number;
      if (child !== 0) return child;
    }
    return root[unit] as number;
  };
  const addChild = (state: number, unit: number): number => {
    const child = states++;
    unitOf[child] = unit;
    depth[child] = (depth[state] as number) + 1;
    if (state === 0) {
      root[unit] = child;
    } else {
      sibling[child] = firstChild[state] as number;
      firstChild[state] = child;
    }
    return child;
  };

  const parentOf = new Int32Array(size);
  words.forEach((word, index) => {
    let state = 0;
    for (let at = 0; at < word.length; at += 1) {
      const unit = word.charCodeAt(at);
      const child = childOf(state, unit) || addChild(state, unit);
      parentOf[child] = state;
      state = child;
    }
    ends[state] = [...(ends[state] ?? []), index];
  });

  const byDepth = Array.from({ length: states - 1 }, (_, index) => index + 1).sort(
    (a, b) => (depth[a] as number) - (depth[b] as number),
  );
  for (const state of byDepth) {
    const parent = parentOf[state] as number;
    const back = parent === 0 ? 0 : next(fallback[parent] as number, unitOf[state] as number);
    fallback[state] = back;
    const own = ends[state];
    const inherited = ends[back];
    ends[state] = own && inherited ? [...own, ...inherited] : (own ?? inherited);
  }

  return { next, depthOf: (state) => depth[state] as number, wordsAt: (state) => ends[state] };
}
