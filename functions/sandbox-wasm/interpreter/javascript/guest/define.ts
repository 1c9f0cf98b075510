/** Gives an object members as the language's own objects have them: writable, but not enumerable. */
export function defineHidden(target: object, members: object): void {
  for (const name of Reflect.ownKeys(members)) {
    const descriptor = Object.getOwnPropertyDescriptor(members, name);
    Object.defineProperty(target, name, { ...descriptor, enumerable: false });
  }
}
