/** An answer of the server that says no (problem+json), or no answer at all (`status` 0, code `nicht_erreichbar`). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly hinweis: string,
    readonly feld: string | undefined,
  ) {
    super(detail === '' ? title : detail);
    this.name = 'ApiError';
  }

  /** The object was changed by somebody else since it was read. */
  get isStale(): boolean {
    return this.status === 412;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Reads problem+json; whatever is missing (a proxy's error page, say) becomes empty. */
export function problemFrom(status: number, body: unknown): ApiError {
  const record = isRecord(body) ? body : {};
  const text = (key: string): string => {
    const value = record[key];
    return typeof value === 'string' ? value : '';
  };
  const feld = text('feld');
  return new ApiError(status, text('code') || `http_${status}`, text('title') || `HTTP ${status}`, text('detail'), text('hinweis'), feld === '' ? undefined : feld);
}
