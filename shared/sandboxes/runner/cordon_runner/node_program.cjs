'use strict';
// Waits for a program, then lets node run it as its main file, with nothing of this below it on the stack.

const fs = require('node:fs');
const Module = require('node:module');
const { inspect } = require('node:util');
const { compileFunction } = require('node:vm');

const reportFd = 1000;
const jobFd = 1001;
const home = '/home/user';
const { writeSync } = fs;

loadAhead();
writeSync(reportFd, 'ready\n');
const job = JSON.parse(fs.readFileSync(jobFd, 'utf8'));
fs.closeSync(jobFd);
process.chdir(home);
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, job.env);
if ('context' in job) {
  const value = job.context;
  Object.defineProperty(globalThis, 'context', {
    value,
    writable: true,
    configurable: true,
    enumerable: true,
  });
}
const main = `${home}/${nameMain(job.source)}`;
process.argv = [process.execPath, main, ...job.args];
process.execArgv = [];
delete require.cache[__filename];
process.on('uncaughtExceptionMonitor', (error) => {
  if (process.listenerCount('uncaughtException') === 0) say({ error: describe(error) });
});
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
// Seconds of the clock that the runner reads too.
const at = Number(process.hrtime.bigint()) / 1e9;
say({ started: { at, cpuTimeMs: (userCPUTime + systemCPUTime) / 1000, maxRssKb: maxRSS } });
process.nextTick(Module.runMain);

/** What nearly every program makes node load and compile at its first output; nothing that touches its streams. */
function loadAhead() {
  const { Writable } = require('node:stream');
  for (const name of ['events', 'net', 'path', 'timers', 'url']) require(`node:${name}`);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  new console.Console(nowhere).log('%s', 'text', 1, { list: [1, 'a', null] }, new Error('e'));
}

function say(message) {
  try {
    writeSync(reportFd, `${job.token}${JSON.stringify(message)}\n`);
  } catch {
    // The program has closed it.
  }
}

/** An older node takes a file for an ES module only by its name; newer ones also by its syntax, with this rule. */
function nameMain(source) {
  if (!isModule(source)) return 'main.js';
  fs.renameSync(`${home}/main.js`, `${home}/main.mjs`);
  return 'main.mjs';
}

/** CommonJS unless the package, or only the syntax, says that it is a module. As in the lane with WebAssembly. */
function isModule(source) {
  if (fs.existsSync(`${home}/package.json`)) return false;
  if (/^(?:(?:const|let|var)\s[^\n]*=\s*)?await\s*\(/m.test(source)) return true;
  try {
    compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname']);
    return false;
  } catch {
    return looksLikeModule(source);
  }
}

function looksLikeModule(source) {
  const statement =
    /(?:^|[\n;}])\s*(?:import\s*(?:[\w$*{"']|\(?\s*\.)|export\s*(?:[{*]|default\b|const\b|let\b|var\b|function\b|async\b|class\b))/;
  return statement.test(source) || /\bawait\b/.test(source) || /\bimport\s*\.\s*meta\b/.test(source);
}

/** Never throws, whatever the error is. */
function describe(error) {
  if (!(error instanceof Error)) {
    const isObject = typeof error === 'object' && error !== null;
    const type = isObject ? (attempt(() => makerOf(error), null) ?? 'Object') : typeof error;
    const message = typeof error === 'string' ? error : attempt(() => inspect(error), '');
    return { type: shorten(type, 200), message: shorten(message, 10_000), line: null };
  }
  const name = attempt(() => String(error.name), 'Error');
  const isGeneric = name === 'Error' || name === '' || name.includes('[');
  const type = isGeneric ? (attempt(() => makerOf(error), null) ?? 'Error') : name;
  const message = attempt(() => String(error.message), '');
  const line = attempt(() => lineOf(String(error.stack)), null);
  return { type: shorten(type, 200), message: shorten(message, 10_000), line };
}

function attempt(read, fallback) {
  try {
    return read();
  } catch {
    return fallback;
  }
}

function shorten(text, length) {
  return String(text).slice(0, length);
}

function makerOf(value) {
  for (let current = value; current !== null; current = Object.getPrototypeOf(current)) {
    const maker = Object.getOwnPropertyDescriptor(current, 'constructor')?.value;
    if (typeof maker === 'function' && maker.name !== '') return maker.name;
  }
  return null;
}

/** The first line of the program's own source that the stack names. */
function lineOf(stack) {
  const place = stack.indexOf(`${main}:`);
  const line = Number(/^\d+/.exec(stack.slice(place + main.length + 1))?.[0]);
  return place !== -1 && line > 0 ? line : null;
}
