/** Names the S3 operation of a path-style REST request, as CloudTrail would. */
export function s3OperationOf(method: string, url: string): { operation: string; bucket: string } {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const [, bucket = '', ...key] = pathname.split('/');
  const onObject = key.join('/') !== '';
  if (searchParams.has('uploadId') || searchParams.has('uploads'))
    return { operation: 'MultipartUpload', bucket };
  const names: Readonly<Record<string, readonly [bucketLevel: string, objectLevel: string]>> = {
    GET: [bucket === '' ? 'ListBuckets' : 'ListObjects', 'GetObject'],
    HEAD: ['HeadBucket', 'HeadObject'],
    PUT: ['CreateBucket', 'PutObject'],
    POST: [searchParams.has('delete') ? 'DeleteObjects' : 'PostObject', 'PostObject'],
    DELETE: ['DeleteBucket', 'DeleteObject'],
  };
  return { operation: names[method]?.[onObject ? 1 : 0] ?? method, bucket };
}
