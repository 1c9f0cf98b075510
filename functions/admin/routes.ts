import type { HttpRequest, HttpResponse } from '../../shared/lambda/http-function.ts';

/** Handlers by method and route, such as `GET /v1/admin/keys`. */
export type Routes = Record<string, (request: HttpRequest) => Promise<HttpResponse>>;
