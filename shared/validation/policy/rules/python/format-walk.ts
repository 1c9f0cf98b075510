import type { PythonRule } from '../../rule.ts';

const field =
  /\{[\w!]{0,40}(?:\[[^\]}]{0,40}\]|\.\w{1,40}){0,8}[.[]_{0,2}(?:__(?!name__|doc__|len__|str__|qualname__)\w{2,20}__|func_globals|f_globals|gi_frame)/;

export const formatWalk: PythonRule = {
  id: 'py-format-walk',
  severity: 'high',
  title: 'A format string walks into the interpreter.',
  cause: '`"{0.__class__}".format(x)` reads inner attributes without naming them in code.',
  explanation:
    'Format fields with inner attributes other than `__name__`, `__qualname__` and `__doc__`. f-strings are code, and looked at as such.',
  hint: 'Format values, not their insides.',
  denied: 'print("{0.__class__.__init__.__globals__}".format(Exception()))\n',
  allowed: 'print("{0.real}".format(1))\n',
  *find({ texts, tree }) {
    const formats = /\.format|format_map|Formatter|Template/.test(tree.source);
    if (!formats) return;
    for (const { text, node } of texts) {
      const found = field.exec(text.slice(0, 2_000));
      if (found !== null && !/^\{\w{0,40}\.__class__$/.test(found[0])) yield { node };
      else if (found !== null && !/__class__\.__(?:name|qualname|doc)__/.test(text)) yield { node };
    }
  },
};
