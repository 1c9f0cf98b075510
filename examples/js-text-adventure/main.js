// A text adventure played from the command-line arguments: state machine, optional chaining, process.argv and env.
const rooms = {
  hall: { text: 'a cold hall', exits: { north: 'library', east: 'kitchen' } },
  kitchen: { text: 'a kitchen that smells of onions', exits: { west: 'hall' }, items: ['lamp'] },
  library: { text: 'a library', exits: { south: 'hall', down: 'vault' }, dark: true, items: ['book'] },
  vault: { text: 'a vault full of gold', exits: { up: 'library' }, locked: 'key', goal: true },
};

const state = { room: 'hall', bag: [], moves: 0, over: false };
const has = (item) => state.bag.includes(item);

const commands = {
  go(direction) {
    const target = rooms[state.room].exits[direction];
    if (!target) return `There is no way ${direction ?? 'nowhere'}.`;
    const { locked, goal } = rooms[target];
    if (locked && !has(locked)) return `The way ${direction} is locked.`;
    state.room = target;
    state.over = goal ?? false;
    return commands.look();
  },
  look() {
    const { text, items, dark } = rooms[state.room];
    if (dark && !has('lamp')) return 'It is too dark to see.';
    return `You are in ${text}.${items?.length ? ` You see: ${items.join(', ')}.` : ''}`;
  },
  take(item) {
    const { items, dark } = rooms[state.room];
    if (dark && !has('lamp')) return 'You grope around in the dark.';
    const index = items?.indexOf(item) ?? -1;
    if (index < 0) return `There is no ${item} here.`;
    state.bag.push(...items.splice(index, 1));
    return `You have the ${item}.`;
  },
  read(item) {
    if (item !== 'book' || !has('book')) return 'There is nothing to read.';
    if (has('key')) return 'The rest of the book is poetry.';
    state.bag.push('key');
    return 'A key falls out of the book.';
  },
  bag: () => (state.bag.length ? `You carry: ${state.bag.join(', ')}.` : 'Your bag is empty.'),
};

function play(line) {
  const [verb, ...words] = line.toLowerCase().split(' ').filter((word) => !['the', 'to', 'at'].includes(word));
  state.moves += 1;
  return commands[verb]?.(...words) ?? `You don't know how to ${verb}.`;
}

const player = process.env.PLAYER ?? 'Stranger';
console.log(`Welcome, ${player}.`, commands.look());
for (const line of process.argv.slice(2)) {
  console.log(`> ${line}`);
  console.log(play(line));
  if (state.over) break;
}

if (state.over) {
  console.log(`${player} won after ${state.moves} moves.`);
  process.exit(0);
}
console.log(`${player} is still looking.`);
process.exit(1);
