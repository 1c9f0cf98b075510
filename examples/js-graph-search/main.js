// Map, Set and WeakMap: topological order, breadth-first search, cycles, components, set arithmetic.
const dependencies = new Map(
  Object.entries({
    app: ['router', 'store', 'logger'],
    router: ['history', 'logger'],
    store: ['immutable', 'logger'],
    history: [],
    immutable: [],
    logger: ['colours'],
    colours: [],
    docs: ['markdown'],
    markdown: [],
  }),
);

function topological(graph) {
  const order = [];
  const state = new Map();
  const visit = (node, trail) => {
    if (state.get(node) === 'done') return;
    if (state.get(node) === 'open') throw new Error(`cycle: ${[...trail.slice(trail.indexOf(node)), node].join(' > ')}`);
    state.set(node, 'open');
    for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
    state.set(node, 'done');
    order.push(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return order;
}

function shortestPath(graph, from, to) {
  const cameFrom = new Map([[from, null]]);
  const queue = [from];
  while (queue.length > 0) {
    const node = queue.shift();
    if (node === to) {
      const path = [];
      for (let at = to; at !== null; at = cameFrom.get(at)) path.unshift(at);
      return path;
    }
    for (const next of graph.get(node) ?? []) {
      if (!cameFrom.has(next)) {
        cameFrom.set(next, node);
        queue.push(next);
      }
    }
  }
  return null;
}

function components(graph) {
  const neighbours = new Map([...graph.keys()].map((node) => [node, new Set()]));
  for (const [node, targets] of graph) {
    for (const target of targets) {
      neighbours.get(node).add(target);
      neighbours.get(target).add(node);
    }
  }
  const seen = new Set();
  const groups = [];
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    const group = [];
    const stack = [start];
    while (stack.length > 0) {
      const node = stack.pop();
      if (seen.has(node)) continue;
      seen.add(node);
      group.push(node);
      stack.push(...neighbours.get(node));
    }
    groups.push(group.sort());
  }
  return groups;
}

console.log('build order:', topological(dependencies).join(' '));
console.log('path:', shortestPath(dependencies, 'app', 'colours')?.join(' > '));
console.log('no path:', shortestPath(dependencies, 'docs', 'app'));
console.log('components:', components(dependencies).map((group) => `{${group.join(',')}}`).join(' '));
try {
  topological(new Map(dependencies).set('colours', ['app']));
} catch ({ message }) {
  console.log(message);
}

const usage = new Map();
for (const target of [...dependencies.values()].flat()) usage.set(target, (usage.get(target) ?? 0) + 1);
const [most, times] = [...usage].reduce((best, entry) => (entry[1] > best[1] ? entry : best));
console.log(`most used: ${most} (${times} times), unused: ${[...dependencies.keys()].filter((name) => !usage.has(name))}`);

const a = new Set([1, 2, 3, NaN, NaN]);
const b = new Set([3, 4, '3']);
console.log('sizes:', a.size, b.size, '| both:', [...a].filter((x) => b.has(x)), '| only a:', [...a].filter((x) => !b.has(x)).length);

const notes = new WeakMap();
const key = {};
notes.set(key, 'kept while the key lives');
console.log(notes.get(key), notes.has({}), new Map([[key, 1]]).get(key), new Map([[{}, 1]]).get({}));
