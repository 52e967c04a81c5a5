import { t } from '../base/catalogue.js';
import { problem_text } from '../base/problem.js';

/** An answer that is no success, or none at all; the message is for the person at the screen. */
export class ApiProblem extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

/** The staff API by the session's cookie. Changes carry the session's CSRF token. */
export class Api {
  constructor(private readonly csrf: () => string | null) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  patch<T>(path: string, body: object): Promise<T> {
    return this.send<T>('PATCH', path, body);
  }

  delete(path: string): Promise<void> {
    return this.send<void>('DELETE', path);
  }

  private async send<T>(method: string, path: string, body?: object): Promise<T> {
    const headers: Record<string, string> = {};
    const csrf = this.csrf();
    if (method !== 'GET' && csrf) {
      headers['CSRF-Token'] = csrf;
    }
    if (body) {
      headers['Content-Type'] = 'application/json';
    }
    const response = await fetch(`/api/v1${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      .catch(() => {
        throw new ApiProblem(t('problem.network'), 0);
      });
    if (!response.ok) {
      throw new ApiProblem(await problem_text(response), response.status);
    }
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}
