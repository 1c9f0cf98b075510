/**
 * What a kind of secret looks like.
 *
 * `pattern` is only ever tried where one of the `keywords` stands (sticky, from its first character), so its cost is
 * that of the keyword's hits. It must be linear: every repetition is bounded and no two neighbours share a character.
 * What its group `secret` matched, which must end the match, is redacted; without that group all of the match is,
 * together with what a group `before` in a lookbehind matched.
 */
export interface Rule {
  /** Kebab-case; what `[REDACTED:kind]` and the counts say. */
  kind: string;
  /** Lower-case, without white space, at most {@link longestKeyword} long; found in any case. */
  keywords: readonly string[];
  /** In place of keywords: tried at each number's first digit, or at each pair of capitals before a digit. */
  trigger?: 'number' | 'country';
  pattern: RegExp;
  /** No match depends on a character this far, or further, from the keyword's first one. */
  reach: number;
  /** What no match goes beyond: it settles earlier than `reach` that there is a match or none. */
  stop: Stop;
  /** The last word, on what would be redacted: a checksum, a range, entropy. */
  isSecret?: (secret: string, match: RegExpExecArray) => boolean;
  /** Not tried within a finding of a rule that has this too: a name in a value names nothing. */
  isAssignment?: true;
  /** The match only opens a block that lasts until this; a block without an end lasts until the input's. */
  blockEnd?: RegExp;
}

export type Stop = 'space' | 'line' | 'number' | 'none';

export const longestKeyword = 24;

/** How far a pattern may look back from its keyword's first character. */
export const lookBack = 80;

/**
 * Where a token may begin: not within a word, unless the word is the end of an escape (`\n`, `%20`, a terminal
 * colour) that some output puts directly before it.
 */
export function beginning(wordCharacters: string): string {
  return `(?:(?<![${wordCharacters}])|(?<=\\\\[nrt])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[[0-9;]{1,8}m))`;
}

export interface Token {
  kind: string;
  /** One of these, in exactly this spelling, begins the token. */
  prefixes: readonly string[];
  /** The rest, as the source of a regular expression. */
  body: string;
  reach?: number;
  isSecret?: Rule['isSecret'];
}

/**
 * A token that a fixed prefix gives away. It begins where the character before couldn't be part of it, so there is
 * at most one attempt per run of such characters: that keeps a bait of prefixes linear.
 */
export function token({ kind, prefixes, body, reach = 512, isSecret }: Token): Rule {
  const [, run = body.startsWith('\\w') ? '\\w' : ''] = /^\[([^\]]+)\]/.exec(body) ?? [];
  const start = prefixes.map(escapeForPattern).join('|');
  return {
    kind,
    keywords: [...new Set(prefixes.map((prefix) => prefix.toLowerCase().slice(0, longestKeyword)))],
    pattern: new RegExp(`${beginning(`A-Za-z0-9${run}`)}(?:${start})${body}`, 'y'),
    reach,
    stop: 'space',
    ...(isSecret !== undefined && { isSecret }),
  };
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
