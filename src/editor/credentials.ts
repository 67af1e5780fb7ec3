import type * as vscode from "vscode";

/** API keys, in VS Code's secret storage and nowhere else. A key belongs to the origin it was stored for, so that another base URL cannot have it. */
export interface Credentials {
  find(baseURL: string): Promise<string | undefined>;
  store(baseURL: string, key: string): Promise<void>;
  forget(baseURL: string): Promise<void>;
}

export function createCredentials(secrets: vscode.SecretStorage): Credentials {
  return {
    find: async (baseURL) => secrets.get(secretOf(baseURL)),
    store: async (baseURL, key) => secrets.store(secretOf(baseURL), key),
    forget: async (baseURL) => secrets.delete(secretOf(baseURL)),
  };
}

/** Throws an Error for the user when the text is no URL. */
function secretOf(baseURL: string): string {
  if (!URL.canParse(baseURL)) throw new Error(`"${baseURL}" in the setting tunesmith.endpoints is no URL; expected something like https://api.openai.com/v1.`);
  return `key:${new URL(baseURL).origin}`;
}
