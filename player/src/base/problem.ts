import { t } from './catalogue.js';

interface Problem {
  title?: string;
  detail?: string;
}

/** What an answer that is no success means to a person. */
export async function problem_text(response: Response): Promise<string> {
  switch (response.status) {
    case 401:
      return t('problem.signed_out');
    case 403:
      return t('problem.forbidden');
    case 413:
      return t('problem.too_long');
    case 429:
      return t('problem.too_many', { seconds: response.headers.get('Retry-After') ?? '30' });
    default:
      return (await said(response)) ?? t(response.status >= 500 ? 'problem.server' : 'problem.refused');
  }
}

/** The server's own words (RFC 9457), where it has any. */
async function said(response: Response): Promise<string | null> {
  if (!response.headers.get('Content-Type')?.includes('json')) {
    return null;
  }
  try {
    const problem = (await response.json()) as Problem;
    return problem.detail ?? problem.title ?? null;
  } catch {
    return null;
  }
}
