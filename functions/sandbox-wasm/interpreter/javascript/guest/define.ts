/** Gives an object members as the language's own objects have them: writable, but not enumerable. */
export function defineHidden(target: object, members: object): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(members))) {
    Object.defineProperty(target, name, { ...descriptor, enumerable: false });
  }
}
