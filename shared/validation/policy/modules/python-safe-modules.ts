/**
 * Python's modules that only compute. `typing`, `abc` and the like are names for readers; `asyncio` has no threads
 * or sockets of its own unless asked, and its calls that start them are rules of their own. `zlib` and `base64`
 * are here because what is decoded is data until something runs it, which is a rule.
 */
export const pythonSafeModules: ReadonlySet<string> = new Set([
  ...[
    '__future__',
    'abc',
    'array',
    'asyncio',
    'base64',
    'bisect',
    'calendar',
    'cmath',
    'collections',
    'colorsys',
  ],
  ...['contextlib', 'contextvars', 'copy', 'csv', 'dataclasses', 'datetime', 'decimal', 'difflib', 'enum'],
  ...['errno', 'fractions', 'functools', 'graphlib', 'hashlib', 'heapq', 'hmac', 'html', 'itertools', 'json'],
  ...[
    'keyword',
    'math',
    'numbers',
    'operator',
    'pprint',
    'queue',
    'quopri',
    'random',
    're',
    'reprlib',
    'sched',
  ],
  ...[
    'secrets',
    'statistics',
    'string',
    'stringprep',
    'struct',
    'textwrap',
    'time',
    'timeit',
    'types',
    'typing',
  ],
  ...['typing_extensions', 'unicodedata', 'unittest', 'urllib.parse', 'uuid', 'warnings', 'weakref', 'zlib'],
  ...['zoneinfo', 'xml.etree', 'binascii', 'ipaddress', 'logging'],
]);
