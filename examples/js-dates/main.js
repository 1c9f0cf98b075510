// Dates in UTC on fixed days: arithmetic, ISO weeks, ages, month tables, durations, invalid dates.
const DAY = 86_400_000;
const utc = (year, month, day) => new Date(Date.UTC(year, month - 1, day));
const iso = (date) => date.toISOString().slice(0, 10);

function addMonths(date, months) {
  const result = new Date(date);
  result.setUTCDate(1);
  result.setUTCMonth(result.getUTCMonth() + months);
  const last = utc(result.getUTCFullYear(), result.getUTCMonth() + 2, 0).getUTCDate();
  result.setUTCDate(Math.min(date.getUTCDate(), last));
  return result;
}

function isoWeek(date) {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY);
  const first = utc(thursday.getUTCFullYear(), 1, 4);
  const week = 1 + Math.round(((thursday - first) / DAY - 3 + ((first.getUTCDay() + 6) % 7)) / 7);
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

function age(born, today) {
  const years = today.getUTCFullYear() - born.getUTCFullYear();
  const hadBirthday =
    today.getUTCMonth() > born.getUTCMonth() ||
    (today.getUTCMonth() === born.getUTCMonth() && today.getUTCDate() >= born.getUTCDate());
  return hadBirthday ? years : years - 1;
}

function duration(ms) {
  const units = { d: DAY, h: 3_600_000, min: 60_000, s: 1000 };
  return Object.entries(units)
    .map(([name, size]) => {
      const count = Math.floor(ms / size);
      ms -= count * size;
      return count && `${count} ${name}`;
    })
    .filter(Boolean)
    .join(' ');
}

function* monthTable(year, month) {
  const first = utc(year, month, 1);
  const lead = (first.getUTCDay() + 6) % 7;
  const days = utc(year, month + 1, 0).getUTCDate();
  const cells = [...Array(lead).fill('  '), ...Array.from({ length: days }, (_, i) => String(i + 1).padStart(2))];
  yield 'Mo Tu We Th Fr Sa Su';
  for (let i = 0; i < cells.length; i += 7) yield cells.slice(i, i + 7).join(' ');
}

const launch = new Date('2026-03-29T01:30:00Z');
console.log('launch:', launch.toISOString(), launch.getTime(), 'weekday', launch.getUTCDay());
console.log('with offset:', new Date('2026-03-29T01:30:00+05:30').toISOString());
console.log('month ends:', [1, 2, 3, 13].map((n) => iso(addMonths(utc(2027, 1, 31), n))).join(' '));
console.log('leap day + 1 year:', iso(addMonths(utc(2028, 2, 29), 12)));
console.log('weeks:', [utc(2027, 1, 1), utc(2026, 12, 28), utc(2026, 6, 15)].map(isoWeek).join(' '));
console.log('ages:', age(utc(2000, 2, 29), utc(2026, 2, 28)), age(utc(2000, 2, 29), utc(2026, 3, 1)));
console.log('between:', duration(Date.parse('2026-12-24T18:00:00Z') - launch), '|', duration(90_061_000));
console.log('rolls over:', iso(utc(2026, 14, 35)), iso(new Date(0)), JSON.stringify({ at: new Date(1e12) }));
console.log('invalid:', Number.isNaN(new Date('2026-13-45').getTime()), String(new Date(NaN)));
try {
  new Date('soon').toISOString();
} catch (error) {
  console.log(error.name);
}
for (const line of monthTable(2026, 8)) console.log(line.trimEnd());
