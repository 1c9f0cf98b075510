import { expect, test } from '@jest/globals';
import { mediaTypeOf } from '../../shared/domain/media-type.ts';

test.each([
  ['out/plot.png', 'image/png'],
  ['REPORT.PDF', 'application/pdf'],
  ['a.tar.gz', 'application/gzip'],
  ['Makefile', 'application/octet-stream'],
  ['x.constructor', 'application/octet-stream'],
  ['.png', 'image/png'],
  ['png', 'application/octet-stream'],
])('%s is %s', (path, mediaType) => {
  expect(mediaTypeOf(path)).toBe(mediaType);
});
