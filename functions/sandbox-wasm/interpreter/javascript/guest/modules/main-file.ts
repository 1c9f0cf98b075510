let name = 'main.js';

/** The main file's name, as stacks show it. */
export function mainName(): string {
  return name;
}

export function setMainName(value: string): void {
  name = value;
}
