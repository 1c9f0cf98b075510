import type { PythonRule } from '../../rule.ts';

export const sourceEncoding: PythonRule = {
  id: 'py-source-encoding',
  severity: 'high',
  title: 'The source declares the encoding {name}.',
  cause: 'Python would read another program than this check: with `utf-7` or `rot13` a comment becomes code.',
  explanation: 'A coding comment in the first two lines (PEP 263) other than UTF-8, ASCII and Latin-1.',
  hint: 'Send the source as UTF-8 and leave the comment out.',
  denied: '# coding: utf-7\nprint(1)\n',
  allowed: '# -*- coding: utf-8 -*-\nprint(1)\n',
  *find({ tree }) {
    for (const line of tree.source.slice(0, 2_000).split('\n').slice(0, 2)) {
      const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
      if (
        name !== undefined &&
        !/^(?:utf-?8(?:-sig)?|u8|ascii|us-ascii|latin-?1|iso-8859-1(?:5)?|cp1252)$/i.test(name)
      )
        yield { node: tree.root, name };
    }
  },
};
