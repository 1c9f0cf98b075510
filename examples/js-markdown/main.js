// A small Markdown to HTML converter (ES module): regular expressions with groups, flags and callbacks.
import { readFileSync, writeFileSync } from 'node:fs';

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text) => text.replace(/[&<>"]/g, (character) => escapes[character]);

const inline = (text) =>
  escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*(?<bold>.+?)\*\*/g, '<strong>$<bold></strong>')
    .replace(/(?<![\w*])\*(.+?)\*(?![\w*])/g, '<em>$1</em>')
    .replace(/\[(?<label>[^\]]+)\]\((?<href>[^)\s]+)\)/g, (...match) => {
      const { label, href } = match.at(-1);
      return `<a href="${href}">${label}</a>`;
    });

function convert(markdown) {
  const html = [];
  let list = null;
  const closeList = () => {
    if (list) html.push(`</${list}>`);
    list = null;
  };
  for (const block of markdown.trim().split(/\n{2,}/)) {
    for (const line of block.split('\n')) {
      const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
      const item = /^\s*(?:(?<bullet>[-*])|(?<number>\d+)\.)\s+(?<text>.*)$/.exec(line);
      if (heading) {
        closeList();
        const [, { length: level }, title] = heading;
        const anchor = title.toLowerCase().replace(/[^\p{L}\d]+/gu, '-').replace(/^-|-$/g, '');
        html.push(`<h${level} id="${anchor}">${inline(title)}</h${level}>`);
      } else if (item) {
        const tag = item.groups.bullet ? 'ul' : 'ol';
        if (list !== tag) {
          closeList();
          html.push(`<${tag}>`);
          list = tag;
        }
        html.push(`  <li>${inline(item.groups.text)}</li>`);
      } else if (line) {
        closeList();
        html.push(`<p>${inline(line)}</p>`);
      }
    }
    closeList();
  }
  return html.join('\n');
}

const markdown = readFileSync('notes.txt', 'utf8');
const html = convert(markdown);
writeFileSync('notes.html', `${html}\n`);
console.log(readFileSync('notes.html', { encoding: 'utf8' }).trimEnd());

console.log('---');
const links = [...markdown.matchAll(/\]\((https?:\/\/([^/)]+)[^)]*)\)/g)].map(([, , host]) => host);
console.log('hosts:', links.join(', '));
const dates = markdown.match(/\b\d{4}-\d{2}-\d{2}\b/g);
console.log('dates:', dates.map((date) => date.replace(/(\d+)-(\d+)-(\d+)/, '$3.$2.$1')).join(' '));
const sticky = /\w+/y;
sticky.lastIndex = 2;
console.log('sticky:', sticky.exec('# Notes')?.[0], sticky.lastIndex, '| split:', 'a1b22c'.split(/(\d+)/));
