const byExtension: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  gz: 'application/gzip',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  parquet: 'application/vnd.apache.parquet',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
  zip: 'application/zip',
};

/** Whether a type of {@link mediaTypeOf} is text: RFC 6838 names most of them so. */
export function isTextType(mediaType: string): boolean {
  return /^text\/|^application\/(?:json|xml)$|\+xml$/.test(mediaType);
}

/** The media type that a file's name promises (IANA, https://www.iana.org/assignments/media-types). */
export function mediaTypeOf(path: string): string {
  const [, extension = ''] = /\.([A-Za-z0-9]+)$/.exec(path) ?? [];
  const lower = extension.toLowerCase();
  return Object.hasOwn(byExtension, lower) ? (byExtension[lower] as string) : 'application/octet-stream';
}
