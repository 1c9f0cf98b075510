import { isText } from '../../known-values.ts';
import type { JavaScriptRule } from '../../rule.ts';

const removers =
  /^(?:fs(?:-extra)?\.(?:promises\.)?(?:rm|rmdir|unlink|rename|truncate|remove|emptyDir)(?:Sync)?|rimraf(?:\.\w+)?|del(?:\.\w+)?|Deno\.remove)$/;
const places =
  /^(?:\/|\/(?:etc|usr|var|home|root|bin|boot|lib|opt|srv|sys|proc|sbin)(?:\/.*)?|~.*|\.\.\/\.\.\/.*)$/;

export const deleteTree: JavaScriptRule = {
  id: 'js-delete-tree',
  severity: 'high',
  title: 'It deletes what it did not make ({name}).',
  cause: 'It destroys the system or the data of others wherever it is let out.',
  explanation: 'Removal of the root, a folder of the system or a home by `fs` or its kin.',
  hint: 'Delete files of the working directory only.',
  denied: 'require("fs").rmSync("/", { recursive: true, force: true });\n',
  allowed: 'require("fs").rmSync("build", { recursive: true, force: true });\n',
  *find({ calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const place = given[0]?.value;
      if (removers.test(reference) && isText(place) && places.test(place)) yield { node, name: place };
    }
  },
};
