/** The name of the class that an object is an instance of; null when its prototypes name none. */
export function constructorName(value: object): string | null {
  for (let current: object | null = value; current !== null; current = Object.getPrototypeOf(current)) {
    const maker: unknown = Object.getOwnPropertyDescriptor(current, 'constructor')?.value;
    if (typeof maker === 'function' && maker.name !== '') return String(maker.name);
  }
  return null;
}
