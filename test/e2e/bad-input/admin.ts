import { type BadInput, invalid, notFound } from './bad-input.ts';

const validKey = { tenant: 'acme', scopes: ['execute'] };

function newKey(members: object) {
  return {
    as: 'admin' as const,
    method: 'POST' as const,
    path: '/v1/admin/keys',
    body: JSON.stringify({ ...validKey, ...members }),
  };
}

const wrongValues: Record<string, unknown[]> = {
  tenant: [null, 1, '', 'Acme', 'a_b', 'a b', '-acme', 'acme-', '../acme', 'a'.repeat(65), 'tenant#1'],
  scopes: [null, 'execute', [], ['execute', 'execute']],
  expiresAt: [null, 1, '', 'tomorrow', '2020-01-01', '2099-13-01T00:00:00Z'],
  label: [null, 1, '', 'l'.repeat(129)],
};

/** Requests to the admin routes by a key that may use them. */
export const badAdminInputs: BadInput[] = [
  ...Object.entries(wrongValues).flatMap(([field, values]) =>
    values.map((value) => ({
      name: `a key with ${field} ${JSON.stringify(value).slice(0, 30)}`,
      ...newKey({ [field]: value }),
      expected: invalid(`#/${field}`),
    })),
  ),
  {
    name: 'a key with an unknown scope',
    ...newKey({ scopes: ['execute', 'root'] }),
    expected: invalid('#/scopes/1'),
  },
  { name: 'a key that has expired', ...newKey({ expiresAt: '2020-01-01T00:00:00Z' }), expected: invalid() },
  { name: 'a key with an unknown field', ...newKey({ secret: 'mine' }), expected: invalid('#/secret') },
  { name: 'a key without a tenant', ...newKey({ tenant: undefined }), expected: invalid('#/tenant') },
  { name: 'a key without scopes', ...newKey({ scopes: undefined }), expected: invalid('#/scopes') },
  { name: 'a key that is not JSON', ...newKey({}), body: '{"tenant":', expected: invalid() },
  ...Object.entries({
    limit: ['0', '101', 'abc', ''],
    before: ['', 'a'.repeat(65)],
    tenant: ['acme'],
  }).flatMap(([name, values]) =>
    values.map((value) => ({
      name: `the query ${name}=${value.slice(0, 20)} on the list of keys`,
      as: 'admin' as const,
      method: 'GET' as const,
      path: `/v1/admin/keys?${name}=${value}`,
      expected: invalid(`#/${name}`),
    })),
  ),
  ...['0', 'nobody', '..%2fexecutions', 'a'.repeat(65), '%00'].map((id) => ({
    name: `deleting the unknown key ${id.slice(0, 20)}`,
    as: 'admin' as const,
    method: 'DELETE' as const,
    path: `/v1/admin/keys/${id}`,
    expected: notFound,
  })),
];
