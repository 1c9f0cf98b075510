// Filters, groups and ranks the orders given in `context`, then prints a small report and JSON.
const { orders, currency, vat } = context;

const pipe = (...steps) => (input) => steps.reduce((value, step) => step(value), input);

const groupBy = (items, keyOf) =>
  items.reduce((groups, item) => {
    const key = keyOf(item);
    (groups[key] ??= []).push(item);
    return groups;
  }, {});

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const round = (number) => Math.round(number * 100) / 100;

const valueOf = ({ items }) => sum(items.map(({ price, quantity = 1 }) => price * quantity));

const summarize = pipe(
  (list) => list.filter(({ status }) => status !== 'cancelled'),
  (list) => list.map((order) => ({ ...order, value: valueOf(order) })),
  (list) => groupBy(list, ({ customer }) => customer.country ?? 'unknown'),
  Object.entries,
  (entries) =>
    entries.map(([country, list]) => ({
      country,
      orders: list.length,
      net: round(sum(list.map(({ value }) => value))),
      customers: [...new Set(list.map(({ customer: { name } }) => name))].sort(),
    })),
  (rows) => rows.toSorted((a, b) => b.net - a.net || a.country.localeCompare(b.country)),
);

const rows = summarize(orders);
for (const { country, orders: count, net, customers } of rows) {
  const gross = round(net * (1 + vat));
  console.log(`${country.padEnd(8)}${String(count).padStart(3)}${net.toFixed(2).padStart(10)} ${gross.toFixed(2).padStart(10)} ${currency}  ${customers.join(', ')}`);
}

const items = orders.flatMap(({ items }) => items);
const dearest = items.reduce((best, item) => (item.price > best.price ? item : best));
console.log('dearest item:', dearest.name, 'at', dearest.price);
console.log('first cancelled:', orders.find(({ status }) => status === 'cancelled')?.id ?? 'none');
console.log('last paid index:', orders.findLastIndex(({ status }) => status === 'paid'));
console.log('every order has items:', orders.every((order) => order.items.length > 0), '| some free:', items.some(({ price }) => price === 0));
console.log(JSON.stringify(Object.fromEntries(rows.map(({ country, net }) => [country, net]))));
console.log(JSON.stringify({ rows: rows.slice(0, 1), skipped: undefined, when: null }, null, 2));
