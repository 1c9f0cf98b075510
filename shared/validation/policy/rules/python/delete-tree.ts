import { flatText } from '../../known-values.ts';
import type { PythonRule } from '../../rule.ts';

const removers = /^(?:shutil\.(?:rmtree|move)|os\.(?:remove|unlink|rmdir|removedirs|rename|truncate))$/;
const places =
  /^(?:\/|\/(?:etc|usr|var|home|root|bin|boot|lib|opt|srv|sys|proc|sbin)(?:\/[^\0]*)?|~[^\0]*|\.\.\/\.\.\/.*|C:\\.*)$/;

export const deleteTree: PythonRule = {
  id: 'py-delete-tree',
  severity: 'high',
  title: 'It deletes what it did not make ({name}).',
  cause: 'It destroys the system or the data of others wherever it is let out.',
  explanation: 'Removal of the root, a folder of the system or a home; also files found by walking one.',
  hint: 'Delete files of the working directory only.',
  denied: 'import shutil\nshutil.rmtree("/")\n',
  allowed: 'import shutil\nshutil.rmtree("build", ignore_errors=True)\n',
  *find({ calls }) {
    const removing = calls.filter(({ reference }) => removers.test(reference));
    for (const { node, arguments: given } of removing) {
      const place = flatText(given[0]?.value ?? null);
      if (place !== null && places.test(place)) yield { node, name: place };
    }
    if (removing.length === 0) return;
    for (const { node, reference, arguments: given } of calls) {
      const place = flatText(given[0]?.value ?? null);
      if (
        /^os\.(?:walk|scandir|listdir)$|^glob\.i?glob$/.test(reference) &&
        place !== null &&
        places.test(place)
      )
        yield { node, name: place };
    }
  },
};
