import { inspect as nodeInspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspect } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/inspect.ts';
import {
  URLSearchParams as OurParams,
  URL as OurUrl,
} from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/url.ts';

const PARTS = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

function partsOf(Kind: typeof URL, input: string, base?: string): unknown {
  try {
    const url = new Kind(input, base);
    return PARTS.map((part) => `${part}=${url[part]}`);
  } catch (failure) {
    return [Reflect.get(failure as object, 'code'), (failure as Error).message];
  }
}

const ABSOLUTE = [
  'https://example.com',
  'https://example.com/',
  'HTTP://EXAMPLE.com:80/a',
  'https://example.com:443',
  'https://example.com:8443/a?b=c#d',
  'https://user:pa%20ss@example.com/',
  'https://u@h/',
  'https://us er:p@ss@h/x',
  'http://h/a b?c d#e f',
  'http://h/é?é#é',
  "http://h/?a='b'",
  'http://h/a/../b/./c/..',
  'http://h/..',
  'http://h/%2e%2E/x',
  'http://h\\a\\b',
  'http:h',
  'http:/h/a',
  'http:////h/a',
  '  http://h/x  ',
  'ht\ntp://h/\tx',
  'http://192.168.0.1/',
  'http://0x7f.1/',
  'http://256.1.1.1/',
  'http://1.2.3/',
  'http://[::1]:3000/',
  'http://[2001:db8:0:0:1:0:0:1]/',
  'http://[::ffff:1.2.3.4]/',
  'http://[1::2::3]/',
  'mailto:me@example.com',
  'mailto:me@example.com?subject=hi there',
  'data:text/plain,hello world',
  'javascript:alert(1)',
  'urn:isbn:123',
  'tel:+123',
  'file:///etc/passwd',
  'file://localhost/x',
  'file:/a/../b',
  'file:a',
  'file://host/x',
  'postgres://u:p@db:5432/app?ssl=1',
  'redis://localhost:6379',
  'custom:/a/b',
  'custom://',
  'ftp://f:21/x',
  'ws://h:80/s',
  'wss://h:444',
  'http://',
  'https://:80',
  '',
  'x',
  '//h/p',
  '/path',
  'http://h:99999',
  'http://h:x',
  'http://a b/',
  'http://a%20b/',
  'http://h?',
  'http://h#',
  'http://h/?#',
  'http://h/?a=1&b=2&a=3',
  'http://h/a|b^c`d{e}',
  'http://h/[x]',
  'http://h/?q=[x]|^`{}',
  'http://h/#a`b<c>"',
  'http://user@/x',
  'http://h/%zz%41',
  'custom:/..//x',
  'http://h./',
  'http://EX%41MPLE/',
];

const RELATIVE: [string, string][] = [
  ['', 'http://h/a/b?c#d'],
  ['x', 'http://h/a/b?c#d'],
  ['./x', 'http://h/a/b'],
  ['../x', 'http://h/a/b/c'],
  ['../../../x', 'http://h/a/b'],
  ['/x', 'http://h:8080/a/b'],
  ['//other/x', 'https://h/a'],
  ['?q', 'http://h/a/b?c#d'],
  ['#f', 'http://h/a/b?c#d'],
  ['http://z/', 'http://h/'],
  ['http:x', 'http://h/a/b'],
  ['https:x', 'http://h/a/b'],
  ['x', 'mailto:a'],
  ['#x', 'mailto:a'],
  ['x', 'file:///a/b'],
  ['/x', 'file:///a/b'],
  ['\\x', 'http://h/a'],
  ['a:b', 'http://h/'],
  ['.', 'http://h/a/b'],
  ['..', 'http://h/a/b/'],
  ['x', 'bad'],
  ['x/', 'custom://h/a/b'],
];

const ours = OurUrl as unknown as typeof URL;

describe('URL parses like node', () => {
  it.each(ABSOLUTE)('%j', (input) => {
    expect(partsOf(ours, input)).toEqual(partsOf(URL, input));
    expect(OurUrl.canParse(input)).toBe(URL.canParse(input));
  });

  it.each(RELATIVE)('%j on %j', (input, base) => {
    expect(partsOf(ours, input, base)).toEqual(partsOf(URL, input, base));
  });

  it('refuses a host name that needs IDNA', () => {
    expect(() => new OurUrl('http://bücher.example/')).toThrow('Invalid URL');
  });

  it.each(['https://u:p@c.d:8080/e?f=g#h', 'http://h', 'mailto:x'])('prints %s', (input) => {
    expect(inspect(new OurUrl(input))).toBe(nodeInspect(new URL(input)));
    expect(inspect({ a: [new OurUrl(input)] })).toBe(nodeInspect({ a: [new URL(input)] }));
    expect(JSON.stringify([new OurUrl(input)])).toBe(JSON.stringify([new URL(input)]));
  });
});

const CHANGES: [keyof URL, string][] = [
  ['protocol', 'http'],
  ['protocol', 'ftp:'],
  ['protocol', 'custom'],
  ['protocol', '1x'],
  ['username', 'a b'],
  ['password', 'p:q'],
  ['host', 'x:99'],
  ['host', 'x'],
  ['host', ''],
  ['hostname', 'y.z'],
  ['hostname', 'y:1'],
  ['port', '81'],
  ['port', '443'],
  ['port', ''],
  ['port', '8x'],
  ['port', 'x'],
  ['pathname', 'a/../b c'],
  ['pathname', '/q?r#s'],
  ['pathname', ''],
  ['search', 'a=b c'],
  ['search', '?x#y'],
  ['search', ''],
  ['search', '?'],
  ['hash', 'a b'],
  ['hash', '#'],
  ['hash', ''],
  ['href', 'http://new/'],
];

describe('URL changes like node', () => {
  it.each(CHANGES)('%s = %j', (part, value) => {
    const [mine, theirs] = [
      new OurUrl('https://u:p@h.com:8080/a/b?c=d#e'),
      new URL('https://u:p@h.com:8080/a/b?c=d#e'),
    ];

    Reflect.set(mine, part, value);
    Reflect.set(theirs, part, value);

    expect(mine.href).toBe(theirs.href);
  });

  it('keeps search and searchParams together', () => {
    const both = [new OurUrl('http://h/?a=1'), new URL('http://h/?a=1')].map((url) => {
      const log: string[] = [];
      url.searchParams.append('b', 'x y&z');
      log.push(url.href);
      url.search = '?q=2';
      log.push(url.searchParams.toString());
      url.searchParams.delete('q');
      log.push(url.href);
      url.searchParams.set('n', 'é');
      log.push(url.href);
      return log;
    });

    expect(both[0]).toEqual(both[1]);
  });
});

describe('URLSearchParams', () => {
  it.each([
    '',
    '?',
    'a',
    'a=',
    '=b',
    'a=b=c',
    'a=1&a=2&b=3',
    '&&a=1&',
    'a+b=c%20d',
    '%zz=1',
    'a=%E9',
    'a=%C3%A9',
    'a=b;c',
    '?a=?b',
  ])('reads %j like node', (text) => {
    const [mine, theirs] = [new OurParams(text), new URLSearchParams(text)];

    expect([...mine]).toEqual([...theirs]);
    expect(mine.toString()).toBe(theirs.toString());
    expect(inspect(mine)).toBe(nodeInspect(theirs));
  });

  it('takes records, pairs and other parameters', () => {
    for (const init of [
      { a: '1', b: '2' },
      [
        ['a', '1'],
        ['a', '2'],
      ],
      new Map([['x', 'y']]),
    ]) {
      expect(String(new OurParams(init))).toBe(String(new URLSearchParams(init as Record<string, string>)));
    }
    expect(String(new OurParams(new OurParams('a=1')))).toBe('a=1');
  });

  it('changes like node', () => {
    const both = [new OurParams('b=1&a=2&b=3'), new URLSearchParams('b=1&a=2&b=3')].map((params) => {
      params.set('b', '9');
      params.append('c', "~!*()'-_.");
      params.sort();
      return [
        params.get('b'),
        params.get('z'),
        params.getAll('b'),
        params.has('a', '3'),
        params.size,
        String(params),
        [...params.keys()],
      ];
    });

    expect(both[0]).toEqual(both[1]);
  });

  it('writes any pair like node', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(text, text, (name, value) => {
        expect(String(new OurParams([[name, value]]))).toBe(String(new URLSearchParams([[name, value]])));
      }),
    );
  });
});
