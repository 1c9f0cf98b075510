import { unknownPart } from '../known-values.ts';
import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';

const maxLength = 4_000;

/** Signs whose meaning is in the text that is made of what they are around. */
const token = /^(?:[<>$]\(|[()`]|\$|\|&?|;|&|\{|\})$/;

/** What a piece of shell comes to as text: words without quotes, commands as words, pipelines with ` | ` between. */
export function readWord(
  tree: SyntaxTree,
  node: SyntaxNode,
  variables: ReadonlyMap<string, string>,
): string | null {
  const text = read(tree, node, variables);
  return text !== null && text.length > maxLength ? text.slice(0, maxLength) : text;
}

function read(tree: SyntaxTree, node: SyntaxNode, variables: ReadonlyMap<string, string>): string | null {
  switch (node.type) {
    case 'word':
    case 'number':
    case 'heredoc_body':
    case 'file_descriptor':
    case 'special_character':
      return textOf(tree, node).slice(0, maxLength).replaceAll(/\\(.)/gs, '$1');
    case 'raw_string':
      return tree.source.slice(node.start + 1, Math.min(node.end - 1, node.start + maxLength));
    case 'ansi_c_string':
      return unescapeAnsi(tree.source.slice(node.start + 2, Math.min(node.end - 1, node.start + maxLength)));
    case 'string':
      return inString(tree, node);
    case 'simple_expansion':
    case 'expansion':
      return expand(tree, node, variables);
    case 'concatenation':
      return partsOf(node, '');
    case 'command_name':
    case 'array':
      return partsOf(node, ' ');
    case 'command':
      return partsOf(
        { ...node, children: node.children.filter(({ type }) => type !== 'variable_assignment') },
        ' ',
      );
    case 'pipeline':
      return partsOf(
        { ...node, children: node.children.filter(({ type }) => type !== '|' && type !== '|&') },
        ' | ',
      );
    case 'process_substitution':
      return `<(${partsOf(node, ' ; ')})`;
    case 'command_substitution':
      return `$(${partsOf(node, ' ; ')})`;
    case 'file_redirect':
    case 'herestring_redirect':
      return redirect(tree, node);
    case 'heredoc_redirect':
      return `<< ${partsOf(node, ' ')}`;
    case 'subshell':
    case 'compound_statement':
    case 'redirected_statement':
    case 'list':
      return partsOf(node, ' ');
    case 'declaration_command':
      return null;
    case '&&':
    case '||':
      return node.type;
    default:
      return null;
  }
}

function partsOf({ children }: SyntaxNode, separator: string): string {
  let text = '';
  for (const [index, { value }] of children.filter(({ type }) => !token.test(type)).entries()) {
    if (text.length > maxLength) break;
    text += `${index === 0 ? '' : separator}${typeof value === 'string' ? value : unknownPart}`;
  }
  return text;
}

/** A string's text with its expansions read; text between them isn't always a node. */
function inString(tree: SyntaxTree, node: SyntaxNode): string {
  let text = '';
  let at = node.start + 1;
  for (const child of node.children) {
    if (child.type === 'string_content') continue;
    text +=
      tree.source.slice(at, child.start) + (typeof child.value === 'string' ? child.value : unknownPart);
    at = child.end;
    if (text.length > maxLength) return text;
  }
  text += tree.source.slice(at, Math.max(at, Math.min(node.end - 1, at + maxLength)));
  return text.replaceAll(/\\([$`"\\\n])/g, '$1');
}

function expand(tree: SyntaxTree, node: SyntaxNode, variables: ReadonlyMap<string, string>): string {
  const name = node.children.find(({ type }) => type === 'variable_name' || type === 'special_variable_name');
  const key = name === undefined ? '' : textOf(tree, name);
  if (key === 'IFS') return ' ';
  if (key === 'HOME') return '~';
  return variables.get(key) ?? unknownPart;
}

function redirect(tree: SyntaxTree, node: SyntaxNode): string {
  const target = childOf(node, 'destination') ?? node.children.at(-1);
  const sign = tree.source.slice(node.start, target?.start ?? node.end).trim();
  return `${sign} ${typeof target?.value === 'string' ? target.value : unknownPart}`;
}

function unescapeAnsi(text: string): string {
  return text.replaceAll(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|n|t|(.))/gs,
    (_, x, u, octal, single) => {
      const hex = x ?? u;
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return octal === undefined ? (single ?? ' ') : String.fromCharCode(Number.parseInt(octal, 8));
    },
  );
}
