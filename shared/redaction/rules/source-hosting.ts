import { looksRandom } from '../randomness.ts';
import { type Rule, token } from '../rule.ts';

/** Source hosting, package registries and continuous integration. */
export const sourceHostingRules: Rule[] = [
  token({
    kind: 'github-token',
    prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    body: '[A-Za-z0-9]{36,255}',
  }),
  token({ kind: 'github-token', prefixes: ['github_pat_'], body: '\\w{60,255}' }),
  token({
    kind: 'gitlab-token',
    prefixes: [
      'glpat-',
      'gldt-',
      'glrt-',
      'glcbt-',
      'glptt-',
      'glft-',
      'glsoat-',
      'glimt-',
      'glagent-',
      'gloas-',
    ],
    body: '[\\w.-]{20,300}',
  }),
  token({ kind: 'gitlab-token', prefixes: ['GR1348941'], body: '[\\w-]{20,50}' }),
  token({
    kind: 'atlassian-token',
    prefixes: ['ATATT3', 'ATCTT3', 'ATBB'],
    body: '[\\w-]{28,300}(?:=[A-F0-9]{8})?',
    isSecret: looksRandom,
  }),
  token({ kind: 'npm-token', prefixes: ['npm_'], body: '[A-Za-z0-9]{36}(?![A-Za-z0-9])' }),
  token({ kind: 'pypi-token', prefixes: ['pypi-AgE'], body: '[\\w-]{50,1000}', reach: 1_100 }),
  token({ kind: 'rubygems-key', prefixes: ['rubygems_'], body: '[a-f0-9]{48}' }),
  token({
    kind: 'crates-token',
    prefixes: ['cio'],
    body: '[A-Za-z0-9]{32}(?![A-Za-z0-9])',
    isSecret: looksRandom,
  }),
  token({ kind: 'nuget-key', prefixes: ['oy2'], body: '[a-z0-9]{43}(?![A-Za-z0-9])', isSecret: looksRandom }),
  token({ kind: 'docker-token', prefixes: ['dckr_pat_', 'dckr_oat_'], body: '[\\w-]{24,64}' }),
  token({ kind: 'jfrog-key', prefixes: ['AKCp'], body: '[A-Za-z0-9]{60,80}' }),
  token({ kind: 'jfrog-key', prefixes: ['cmVmdGtuO'], body: '[A-Za-z0-9]{50,64}' }),
  token({
    kind: 'circleci-token',
    prefixes: ['CCIPAT_', 'CCIPRJ_'],
    body: '[A-Za-z0-9]{16,32}_[a-f0-9]{40}',
  }),
  token({ kind: 'buildkite-token', prefixes: ['bkua_'], body: '[a-f0-9]{40}' }),
  token({ kind: 'sonar-token', prefixes: ['sqp_', 'squ_', 'sqa_'], body: '[a-f0-9]{40}' }),
  token({ kind: 'sourcegraph-token', prefixes: ['sgp_'], body: '(?:[a-f0-9]{16}_|local_)?[a-f0-9]{40}' }),
  token({ kind: 'prefect-key', prefixes: ['pnu_', 'pnb_'], body: '[A-Za-z0-9]{36}' }),
];
