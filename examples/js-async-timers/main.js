// Promises and timers: order of micro and macro tasks, races, limits, retries, cleanup, cancellation.
const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

async function withTimeout(promise, ms) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function mapLimit(items, limit, work) {
  const results = new Array(items.length);
  let next = 0;
  let active = 0;
  let peak = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      peak = Math.max(peak, ++active);
      results[index] = await work(items[index]);
      active -= 1;
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return { results, peak };
}

async function retry(work, attempts) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      console.log(`attempt ${attempt}: ${error.message}`);
      if (attempt === attempts) throw new Error('gave up', { cause: error });
      await sleep(attempt);
    }
  }
}

async function main() {
  const order = ['sync'];
  setTimeout(() => order.push('timeout'), 0);
  queueMicrotask(() => order.push('microtask'));
  Promise.resolve().then(() => order.push('then'));
  await sleep(5);
  console.log(order.join(' > '));

  console.log(await Promise.all([sleep(12, 'slow'), sleep(2, 'fast'), 'plain']));
  console.log('race:', await Promise.race([sleep(60, 'tortoise'), sleep(3, 'hare')]));
  console.log('any:', await Promise.any([Promise.reject(new Error('no')), sleep(1, 'yes')]));

  const settled = await Promise.allSettled([sleep(1, 'fine'), Promise.reject(new RangeError('broken'))]);
  for (const { status, value, reason } of settled) console.log(`${status}: ${value ?? reason.message}`);

  console.log(await withTimeout(sleep(1, 'in time'), 500));
  await withTimeout(sleep(5_000), 10).catch((error) => console.log(error.message));

  const { results, peak } = await mapLimit([1, 2, 3, 4, 5, 6], 2, async (n) => sleep(1, n * n));
  console.log('squares:', results.join(','), 'at most', peak, 'at once');

  console.log(await retry(async (attempt) => (attempt < 3 ? Promise.reject(new Error('busy')) : 'got it'), 5));
  await retry(() => Promise.reject(new Error('never')), 2).catch((error) => console.log(error.message, '<-', error.cause.message));

  let ticks = 0;
  await new Promise((resolve) => {
    const interval = setInterval(() => {
      ticks += 1;
      if (ticks === 3) {
        clearInterval(interval);
        resolve();
      }
    }, 2);
  });
  console.log('ticks:', ticks);
}

main()
  .catch((error) => console.log('failed:', error))
  .finally(() => console.log('done'));
console.log('main is running');
