type Exports = object;

const modules = new Map<string, () => Exports>();
const loaded = new Map<string, Exports>();

/** Makes a module of Node importable. It is made when it is first asked for. */
export function defineBuiltin(name: string, create: () => Exports): void {
  modules.set(name, create);
}

/** The name of a built-in module without `node:`, or null for any other specifier. */
export function builtinName(specifier: string): string | null {
  const name = specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
  return modules.has(name) ? name : null;
}

/** The exports of a built-in module, by its name with or without `node:`. */
export function builtin(specifier: string): Exports {
  const name = builtinName(specifier) ?? '';
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const create = modules.get(name);
  if (create === undefined) throw new Error(`no built-in module ${specifier}`);
  const exports = create();
  loaded.set(name, exports);
  return exports;
}
