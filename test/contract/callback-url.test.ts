import { expect, test } from '@jest/globals';
import {
  callbackTargetsSchema,
  callbackUrlSchema,
  isAdmittedAddress,
  urlProblem,
} from '../../shared/contract/callback-url.ts';
import { isPublicAddress } from '../../shared/contract/public-address.ts';

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001:830::200e',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['this host', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['loopback', '127.0.0.1'],
  ['loopback, elsewhere', '127.255.255.254'],
  ['private', '10.0.0.1'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['shared by carriers', '100.64.0.1'],
  ['the metadata service', '169.254.169.254'],
  ['credentials of containers', '169.254.170.2'],
  ['link-local', '169.254.0.1'],
  ['assigned to protocols', '192.0.0.8'],
  ['documentation', '192.0.2.1'],
  ['documentation', '198.51.100.1'],
  ['documentation', '203.0.113.1'],
  ['a relay of 6to4', '192.88.99.1'],
  ['benchmarks', '198.18.0.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['nothing', '::'],
  ['loopback', '::1'],
  ['mapped loopback', '::ffff:127.0.0.1'],
  ['mapped loopback, in hex', '::ffff:7f00:1'],
  ['mapped metadata service', '::ffff:a9fe:a9fe'],
  ['mapped public', '::ffff:8.8.8.8'],
  ['compatible loopback', '::127.0.0.1'],
  ['translated metadata service', '64:ff9b::a9fe:a9fe'],
  ['translated, of a local prefix', '64:ff9b:1::a9fe:a9fe'],
  ['6to4 of loopback', '2002:7f00:1::'],
  ['6to4 of the metadata service', '2002:a9fe:a9fe::1'],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['unique local', 'fc00::1'],
  ['the metadata service of IPv6', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['public with a zone', '2606:4700::1%eth0'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
  ['discarded', '100::1'],
  ['no address', 'example.com'],
  ['no address', ''],
])('%s is not public: %s', (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  'https://example.com',
  'https://example.com/done?order=17&token=x%20y',
  'https://example.com:8443/',
  'HTTPS://EXAMPLE.COM/',
  'https://8.8.8.8/',
  'https://[2606:4700:4700::1111]/',
  'https://bücher.example/',
])('%s may be called', (url) => {
  expect(urlProblem(callbackUrlSchema.parse(url), 'public')).toBeNull();
});

test.each([
  ['', /./],
  ['example.com/done', /absolute/],
  ['/done', /absolute/],
  ['ftp://example.com/', /absolute/],
  ['file:///etc/passwd', /absolute/],
  ['https:example.com', /absolute/],
  ['https://', /absolute/],
  ['https://exa mple.com/', /./],
  ['https://example.com/\n', /spaces/],
  ['https://user@example.com/', /user/],
  ['https://:secret@example.com/', /user/],
  ['https://example.com/#part', /fragment/],
  ['https://example.com/#', /fragment/],
  [`https://example.com/${'x'.repeat(2_048)}`, /2048/],
])('%s is refused as it is written', (url, message) => {
  const { success, error } = callbackUrlSchema.safeParse(url);
  expect(success).toBe(false);
  expect(error?.issues[0]?.message).toMatch(message);
});

test.each([
  'http://example.com/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://0x7f.0.0.1/',
  'https://0x7f000001/',
  'https://0/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[64:ff9b::169.254.169.254]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://2852039166/',
  'https://0xA9FEA9FE/',
  'https://10.0.0.1/',
  'https://①②⑦.⓪.⓪.①/',
])('%s is refused for where it leads', (url) => {
  expect(urlProblem(callbackUrlSchema.parse(url), 'public')).not.toBeNull();
});

test('a local service adds http and this machine, nothing else', () => {
  for (const url of ['http://127.0.0.1:80/', 'http://[::1]/', 'https://localhost/', 'http://example.com/'])
    expect(urlProblem(url, 'local')).toBeNull();
  for (const url of ['http://169.254.169.254/', 'http://10.0.0.1/', 'http://[::ffff:10.0.0.1]/'])
    expect(urlProblem(url, 'local')).not.toBeNull();
  expect(isAdmittedAddress('127.0.0.1', 'public')).toBe(false);
});

test('without a word about it callbacks go to the public internet alone', () => {
  expect(callbackTargetsSchema.parse(undefined)).toBe('public');
  for (const odd of ['', 'LOCAL', 'any', 'true']) expect(() => callbackTargetsSchema.parse(odd)).toThrow();
});
