import {
  alphanumeric,
  base64,
  createRandom,
  dashes,
  digits,
  hex,
  lower,
  type Random,
  urlSafe,
} from './random.ts';

const words =
  'the of a to in is you that it he was for on are as with his they at be this have from or one had by word but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look two more write go see number no way could people my than first water been call who oil its now find long down day did get come made may part'.split(
    ' ',
  );
const secretWords = [
  'Password must be at least 8 characters',
  'Enter password: ',
  'password: required',
  'total_tokens: 5231, prompt_tokens=411, max_tokens: 4096',
  'tokens per second: 43.1',
  'token_type: bearer, expires_in: 3600',
  'password = getpass.getpass("Password: ")',
  'api_key = os.environ["API_KEY"]',
  'def login(user: str, password: str) -> Token:',
  'conn = connect(user=user, password=password, token=token)',
  '"password": null, "secret": "", "token": "string"',
  'PWD=/home/app/work',
  'secret: $' + '{SECRET}   token: <your token here>   password: ********',
  'SECRET_NAME=prod/db/credentials',
  'KeyError: "password"',
  'the secret of life, the token of love: nothing',
  'Authorization: Bearer <token>',
  'Tokenizer: vocab_size=32000, model_max_length=2048',
  'next_page_token: CAUQAA',
  'password_hash_algorithm: bcrypt, secret_rotation_days: 30',
  'http://localhost:4873/@scope/pkg  git@github.com:org/repo.git  user@example.com',
  `expected "${dashes}BEGIN PRIVATE KEY-----" at the start of the file, found "{"`,
  'sk-learn-estimator sk-toggleable__label-arrow sk-estimator-doc-link',
];

const uuid = (random: Random) => [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');
const sentence = (random: Random) => Array.from({ length: 12 }, () => random.pick(words)).join(' ');
const stamp = (random: Random) => new Date(1_700_000_000_000 + random.below(1e9) * 60).toISOString();
const row = (length: number, cell: () => string) => Array.from({ length }, cell).join(' ');

/** One line or block of what programs print, by name. */
const makers: Record<string, (random: Random) => string> = {
  prose: sentence,
  log: (random) =>
    `${stamp(random)} INFO  [worker-${random.below(9)}] ${sentence(random)} id=${uuid(random)} took ${random.below(900)} ms`,
  access: (random) =>
    `10.${random.below(256)}.${random.below(256)}.7 - - [${stamp(random)}] "GET /${random.pick(words)}?id=${random.below(1e9)} HTTP/1.1" 200 ${random.below(1e6)}`,
  commit: (random) =>
    `commit ${random.text(hex, 40)}\nAuthor: Ada <ada@example.com>\n\n    ${sentence(random)}`,
  sums: (random) => `${random.text(hex, random.pick([32, 40, 64, 128]))}  ${random.pick(words)}.tar.gz`,
  image: (random) => {
    const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), random.bytes(1_500)]);
    const text = bytes.toString('base64');
    return random.below(2) === 0
      ? `data:image/png;base64,${text}`
      : (text.match(/.{1,76}/g) ?? []).join('\n');
  },
  integrity: (random) =>
    `"integrity": "sha512-${random.bytes(64).toString('base64')}", "shasum": "${random.text(hex, 40)}"`,
  integers: (random) => row(14, () => String(random.below(2 ** random.pick([7, 16, 31])))),
  floats: (random) => row(8, () => (random.below(1e9) / 1e9 / (1 + random.below(9))).toString()),
  bigNumbers: (random) =>
    row(5, () => random.pick(['17', '1', '9', '8']) + random.text(digits, random.pick([11, 14, 17, 20]))),
  matrix: (random) => `[${row(6, () => String(random.below(10_000)).padStart(4))}]`,
  prices: (random) =>
    `${random.pick(words).padEnd(12)} ${random.below(999)}.${random.text(digits, 2)} EUR  ${random.below(9)},${random.text(digits, 3)}.00  ${random.below(100)} %`,
  orders: (random) =>
    `order ${failingLuhn(random)} shipped, invoice ${random.text(digits, 9)}, part ${random.text(digits, 3)}-${random.text(digits, 3)}-${random.text(digits, 3)}`,
  stamps: (random) =>
    `${stamp(random)} ${1_700_000_000 + random.below(1e8)} ${1_700_000_000_000 + random.below(1e9)} 2026-03-0${1 + random.below(9)} 10:${10 + random.below(50)}:07`,
  addresses: (random) =>
    `192.168.${random.below(256)}.${random.below(256)}:8${random.text(digits, 3)} fe80::${random.text(hex, 4)}:${random.text(hex, 4)} ${random.text(hex, 12).replace(/(..)(?=.)/g, '$1:')}`,
  hexDump: (random) =>
    `${random.text(hex, 8)}  ${row(16, () => random.text(hex, 2))}  |${random.text(lower, 16)}|`,
  minified: (random) =>
    Array.from(
      { length: 40 },
      () =>
        `function ${random.text(lower, 1)}(${random.text(lower, 1)},t){return ${random.text(lower, 1)}.${random.pick(words)}?t:"${random.text(alphanumeric, 5)}"}`,
    ).join(''),
  json: (random) =>
    JSON.stringify({
      id: uuid(random),
      key: random.pick(words),
      etag: random.text(hex, 32),
      cursor: random.text(base64, 24),
      createdAt: stamp(random),
      count: random.below(1e6),
      key_id: random.below(1e9),
      videoId: random.text(urlSafe, 11),
    }),
  table: (random) =>
    `| ${random.pick(words).padEnd(10)} | ${String(random.below(1e6)).padStart(9)} | ${random.text(hex, 7)} | ${stamp(random)} |`,
  trace: (random) =>
    `Traceback (most recent call last):\n  File "/app/main.py", line ${random.below(400)}, in ${random.pick(words)}\n    raise ValueError(${random.below(99)})\nValueError: ${sentence(random)}`,
  layers: (random) =>
    `sha256:${random.text(hex, 64)} 0x${random.text(hex, 40)} cache key ${random.text(hex, 32)} ulid 01${random.text('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 24)} Qm${random.text(alphanumeric, 44)}`,
  talk: (random) => random.pick(secretWords),
};

/** A 16-digit number that is no card's: the formula of Luhn fails. */
function failingLuhn(random: Random): string {
  const body = `4${random.text(digits, 14)}`;
  const sum = [...`${body}0`].reverse().reduce((total, character, index) => {
    const value = Number(character) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10) + 1 + random.below(9)) % 10}`;
}

/** About `bytes` bytes of what programs print and nobody needs to hide. */
export function makePlainOutput(seed: number, bytes: number): string {
  const random = createRandom(seed);
  const kinds = Object.values(makers);
  const lines: string[] = [];
  for (let length = 0; length < bytes; length += lines.at(-1)?.length ?? 0)
    lines.push(`${random.pick(kinds)(random)}\n`);
  return lines.join('');
}
