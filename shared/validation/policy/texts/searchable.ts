/** Longer texts are data; what is searched for stands at the start of a path, address or command. */
const mostLength = 4_000;

/** Of a whole program. Searching them takes up to half a second. */
const mostCharacters = 150_000;

/** The texts that are searched, cut: the shortest ones first, since what they hide in is long. */
export function searchable<Item extends { text: string }>(items: readonly Item[]): Item[] {
  const cut = items.map((item) =>
    item.text.length > mostLength ? { ...item, text: item.text.slice(0, mostLength) } : item,
  );
  let characters = 0;
  return cut
    .sort((one, other) => one.text.length - other.text.length)
    .filter(({ text }) => {
      characters += text.length;
      return characters <= mostCharacters;
    });
}
