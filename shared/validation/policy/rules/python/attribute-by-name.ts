import { isText } from '../../known-values.ts';
import { innerAttributes } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

const accessors =
  /^(?:getattr|setattr|delattr|operator\.(?:attrgetter|methodcaller)|object\.__(?:get|set|del)attr(?:ibute)?__)$/;

export const attributeByName: PythonRule = {
  id: 'py-attribute-by-name',
  severity: 'medium',
  title: '{name} reaches an attribute by a name that is not written down.',
  cause: 'A name that is put together can be that of any inner attribute.',
  explanation:
    'Calls of `getattr`, `setattr`, `delattr` and `operator.attrgetter` with a name that is computed, or that is an inner one such as `__class__`. A plain text is as good as `x.name`.',
  hint: 'Write the attribute down as x.name, or keep the values in a dictionary.',
  denied: 'class Point:\n    x = 1\n\n\nname = input()\nprint(getattr(Point, name))\n',
  allowed: 'class Point:\n    x = 1\n\n\nprint(getattr(Point, "x", None))\n',
  *find({ calls }) {
    for (const { node, reference, arguments: given } of calls) {
      if (!accessors.test(reference)) continue;
      const name = given[reference.startsWith('operator') ? 0 : 1];
      const isPlain =
        isText(name?.value) &&
        name.type === 'string' &&
        !name.isComputed &&
        !name.value.split('.').some((step) => innerAttributes.has(step));
      if (!isPlain) yield { node, name: reference };
    }
  },
};
