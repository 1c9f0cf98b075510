import { parseInput } from '../../shared/contract/parse-input.ts';
import { parseJsonBody } from '../../shared/contract/parse-json-body.ts';
import { controlTable } from '../../shared/contract/tables.ts';
import { presentVersioned, settingsRequestSchema } from '../../shared/contract/versioned-views.ts';
import { definedOnly } from '../../shared/domain/defined-only.ts';
import type { OperatorSettings } from '../../shared/domain/operator-settings.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import { type ChangePorts, changeRecord } from './change-record.ts';
import type { Routes } from './routes.ts';

const recordId = controlTable.currentSettings;

/** `/v1/admin/settings` */
export function settingsRoutes(ports: ChangePorts<OperatorSettings>): Routes {
  return {
    'GET /v1/admin/settings': async () => ({
      status: 200,
      body: presentVersioned(await ports.records.read(recordId)),
    }),

    'PUT /v1/admin/settings': async ({ body, headers, caller }) => {
      const fields = parseInput(settingsRequestSchema, parseJsonBody(body, headers['content-type']));
      const changed = await changeRecord(ports, {
        recordId,
        action: 'settings.change',
        subject: 'settings',
        fields: definedOnly(fields),
        by: caller,
      });
      logger.warn('settings changed', {
        version: changed.version,
        mode: changed.value.mode,
        by: caller.keyId,
      });
      return { status: 200, body: presentVersioned(changed) };
    },
  };
}
