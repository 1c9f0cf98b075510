// Merges layered configuration and validates it; the last layer is wrong, so the program ends in an error.
class ConfigError extends Error {
  constructor(path, problem, options) {
    super(`${path}: ${problem}`, options);
    this.name = 'ConfigError';
    this.path = path;
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(base, layer) {
  const result = structuredCloneOf(base);
  for (const [key, value] of Object.entries(layer)) {
    result[key] = isObject(value) && isObject(result[key]) ? merge(result[key], value) : value;
  }
  return result;
}

function structuredCloneOf(value) {
  return JSON.parse(JSON.stringify(value));
}

const rules = {
  'server.port': (port) => Number.isInteger(port) && port > 0 && port < 65_536,
  'server.hosts': (hosts) => Array.isArray(hosts) && hosts.every((host) => typeof host === 'string'),
  'log.level': (level) => ['debug', 'info', 'warn'].includes(level),
};

const read = (config, path) => path.split('.').reduce((value, key) => value?.[key], config);

function validate(config) {
  for (const [path, isValid] of Object.entries(rules)) {
    const value = read(config, path);
    if (!isValid(value)) {
      throw new ConfigError(path, `${JSON.stringify(value)} is not allowed`);
    }
  }
  return config;
}

const defaults = { server: { port: 8080, hosts: ['localhost'] }, log: { level: 'info' } };
const production = { server: { hosts: ['a.example.com', 'b.example.com'] }, log: { level: 'warn' } };

console.log(JSON.stringify(validate(merge(defaults, production))));
console.log('defaults are untouched:', JSON.stringify(defaults));

try {
  validate(merge(defaults, { server: { port: '80' } }));
} catch (error) {
  console.log(`${error.name} at ${error.path}:`, error.message, error instanceof ConfigError);
}

try {
  JSON.parse('{"port": }');
} catch (error) {
  console.log('bad JSON is a', error.name);
}

const broken = merge(production, { server: { port: 443 }, log: { level: 'loud' } });
console.log('validating the last layer');
validate(broken);
console.log('never reached');
