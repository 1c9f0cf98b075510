// Reads "name: scores" lines from stdin, prints a grade sheet, and fails with a code when somebody fails.
const fs = require('fs');

const PASS = 50;
const SCALE = [
  [85, 'A'],
  [70, 'B'],
  [PASS, 'C'],
];

function parseLine(line, index) {
  const [name, scores] = line.split(':');
  if (!scores) return { problem: `line ${index + 1}: no scores in "${line}"` };
  const values = scores.trim().split(/[\s,]+/).map(Number);
  const bad = values.findIndex(Number.isNaN);
  if (bad !== -1) return { problem: `line ${index + 1}: score ${bad + 1} of ${name.trim()} is not a number` };
  return { name: name.trim(), values };
}

function statistics(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return {
    mean,
    median: sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
    deviation: Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length),
  };
}

const gradeOf = (mean) => (SCALE.find(([floor]) => mean >= floor) ?? [0, 'F'])[1];

const input = fs.readFileSync(0, 'utf8');
const entries = input
  .split(/\r?\n/)
  .map((line, index) => [line, index])
  .filter(([line]) => line.trim() !== '' && !line.startsWith('#'))
  .map(([line, index]) => parseLine(line, index));

for (const { problem } of entries.filter((entry) => entry.problem)) console.error(problem);

const students = entries
  .filter((entry) => !entry.problem)
  .map(({ name, values }) => ({ name, ...statistics(values), best: Math.max(...values) }))
  .sort((a, b) => b.mean - a.mean);

console.log(['Name'.padEnd(12), 'Mean', 'Median', 'Dev', 'Best', 'Grade'].join('\t'));
for (const { name, mean, median, deviation, best } of students) {
  console.log([name.padEnd(12), mean.toFixed(1), median.toFixed(1), deviation.toFixed(2), best, gradeOf(mean)].join('\t'));
}

const failed = students.filter(({ mean }) => gradeOf(mean) === 'F');
console.log(`${students.length} graded, ${entries.length - students.length} skipped, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 4 : 0;
