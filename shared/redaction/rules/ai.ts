import { looksRandom } from '../randomness.ts';
import { type Rule, token } from '../rule.ts';

/** Language models and what is built around them. */
export const aiRules: Rule[] = [
  token({ kind: 'anthropic-key', prefixes: ['sk-ant-'], body: '[\\w-]{40,200}' }),
  token({ kind: 'openrouter-key', prefixes: ['sk-or-v1-'], body: '[a-f0-9]{64}' }),
  token({ kind: 'openai-key', prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], body: '[\\w-]{40,250}' }),
  // Also DeepSeek, Stability and other services that copied the prefix.
  token({
    kind: 'openai-key',
    prefixes: ['sk-'],
    body: '[A-Za-z0-9]{32,64}(?![\\w-])',
    isSecret: looksRandom,
  }),
  token({
    kind: 'huggingface-token',
    prefixes: ['hf_', 'api_org_'],
    body: '[A-Za-z0-9]{34,40}(?![A-Za-z0-9])',
  }),
  token({ kind: 'replicate-token', prefixes: ['r8_'], body: '[A-Za-z0-9]{37,40}' }),
  token({ kind: 'groq-key', prefixes: ['gsk_'], body: '[A-Za-z0-9]{40,64}' }),
  token({ kind: 'perplexity-key', prefixes: ['pplx-'], body: '[A-Za-z0-9]{40,64}' }),
  token({ kind: 'xai-key', prefixes: ['xai-'], body: '[A-Za-z0-9]{70,90}' }),
  token({ kind: 'cerebras-key', prefixes: ['csk-'], body: '[a-z0-9]{40,64}' }),
  token({ kind: 'nvidia-key', prefixes: ['nvapi-'], body: '[\\w-]{60,80}' }),
  token({
    kind: 'fireworks-key',
    prefixes: ['fw_'],
    body: '[A-Za-z0-9]{22,40}(?![A-Za-z0-9])',
    isSecret: looksRandom,
  }),
  token({ kind: 'together-key', prefixes: ['tgp_v1_'], body: '[\\w-]{40,64}' }),
  token({ kind: 'langsmith-key', prefixes: ['lsv2_pt_', 'lsv2_sk_'], body: '[a-f0-9]{32}_[a-f0-9]{10}' }),
  token({ kind: 'tavily-key', prefixes: ['tvly-'], body: '[A-Za-z0-9-]{28,64}' }),
  token({ kind: 'pinecone-key', prefixes: ['pcsk_'], body: '\\w{40,90}' }),
  token({ kind: 'e2b-key', prefixes: ['e2b_'], body: '[a-f0-9]{40}' }),
  token({ kind: 'elevenlabs-key', prefixes: ['sk_'], body: '[a-f0-9]{48}(?![A-Za-z0-9])' }),
  token({ kind: 'firecrawl-key', prefixes: ['fc-'], body: '[a-f0-9]{32}(?![A-Za-z0-9])' }),
  token({ kind: 'jina-key', prefixes: ['jina_'], body: '[\\w-]{50,80}' }),
];
