import * as vscode from "vscode";

/** An endpoint of the user's settings: the name by which everything else calls it, and its base URL. */
export interface NamedEndpoint {
  readonly name: string;
  readonly baseURL: string;
}

/**
 * The endpoints of the setting `tunesmith.endpoints`, which only the user's own settings can hold: a workspace that could name a base URL could
 * have a key sent there. What is no text is passed over; whether a URL can be used is told when it is.
 */
export function readEndpoints(): readonly NamedEndpoint[] {
  const value = vscode.workspace.getConfiguration("tunesmith").get<unknown>("endpoints");
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, baseURL]) => (typeof baseURL === "string" && baseURL.trim() !== "" ? [{ name, baseURL: baseURL.trim() }] : []));
}

/** The Python of the setting `tunesmith.engine.python`; undefined when it is empty. */
export function readPython(): string | undefined {
  const value = vscode.workspace.getConfiguration("tunesmith").get<unknown>("engine.python");
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
