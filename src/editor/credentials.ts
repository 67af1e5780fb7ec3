import type * as vscode from "vscode";

/** Where a key belongs: the provider whose requests it goes with, and the origin that they go to. */
export interface KeyPlace {
  /** The id of a kind of service. */
  readonly kind: string;
  readonly baseURL: string;
}

/** API keys, in VS Code's secret storage and nowhere else. A key belongs to the provider and the origin it was stored for, so that another base URL cannot have it. */
export interface Credentials {
  find(place: KeyPlace): Promise<string | undefined>;
  store(place: KeyPlace, key: string): Promise<void>;
  forget(place: KeyPlace): Promise<void>;
}

export function createCredentials(secrets: vscode.SecretStorage): Credentials {
  return {
    find: async (place) => secrets.get(secretOf(place)),
    store: async (place, key) => secrets.store(secretOf(place), key),
    forget: async (place) => secrets.delete(secretOf(place)),
  };
}

/** Throws an Error for the user when the text is no URL. */
function secretOf({ kind, baseURL }: KeyPlace): string {
  if (!URL.canParse(baseURL)) throw new Error(`"${baseURL}" in the setting tunesmith.endpoints is no URL; expected something like https://api.openai.com/v1.`);
  const { origin } = new URL(baseURL);
  // OpenAI was the only provider once, and its keys stay where they are.
  return kind === "openai" ? `key:${origin}` : `key:${kind}:${origin}`;
}
