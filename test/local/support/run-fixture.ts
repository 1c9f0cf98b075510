import { endOnSignals } from '../../../local/end-on-signals.ts';
import { startLocalCloud } from '../../../local/start-local-cloud.ts';
import { readTemplate, type Template } from '../../../local/template/template.ts';

/** `node run-fixture.ts <template> <assets> <data directory>`: runs the fixture as `npm start` runs the service. */
const [templateFile = '', assetDirectory = '', dataDirectory = ''] = process.argv.slice(2);
try {
  const template = withLongVisibility(await readTemplate(templateFile));
  const cloud = await startLocalCloud({ template, assetDirectory, port: 0, dataDirectory });
  endOnSignals(cloud);
  const { url, endpoints } = cloud;
  console.log(JSON.stringify({ url, endpoints }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** A message that was received comes back by a restart only, not within a test by itself. */
function withLongVisibility(template: Template): Template {
  const Resources = Object.entries(template.Resources).map(([id, resource]) => {
    const Properties = { ...resource.Properties, VisibilityTimeout: 600 };
    return [id, resource.Type === 'AWS::SQS::Queue' ? { ...resource, Properties } : resource];
  });
  return { ...template, Resources: Object.fromEntries(Resources) };
}
