/** Modules that are dangerous for the same reason. */
export interface ModuleGroup {
  /** As part of a rule's id: `py-<id>-module`. */
  id: string;
  /** Ends "it can …". */
  what: string;
  cause: string;
  hint: string;
  modules: readonly string[];
  denied: string;
  allowed: string;
}

/** The entry of `modules` that a module is, or is part of: `os` for `os.path`. */
export function listedAs(module: string, modules: ReadonlySet<string>): string | null {
  for (let name = module; name !== ''; name = name.slice(0, Math.max(0, name.search(/[./][^./]*$/)))) {
    if (modules.has(name)) return name;
  }
  return null;
}
