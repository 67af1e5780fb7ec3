import * as vscode from "vscode";
import { readClusters, type NamedCluster } from "../launch/clusters.ts";
import { readEndpointSetting, type NamedEndpoint } from "../providers/endpoint-setting.ts";

export type { NamedEndpoint } from "../providers/endpoint-setting.ts";

/** The endpoints of the setting `tunesmith.endpoints`, which only the user's own settings can hold: a workspace that could name a base URL could have a key sent there. */
export function readEndpoints(): readonly NamedEndpoint[] {
  return readEndpointSetting(vscode.workspace.getConfiguration("tunesmith").get<unknown>("endpoints"));
}

/** The Ray clusters of the setting `tunesmith.clusters`, likewise the user's own: who is asked there runs what it is sent. */
export function readClusterSetting(): readonly NamedCluster[] {
  return readClusters(vscode.workspace.getConfiguration("tunesmith").get<unknown>("clusters"));
}

/** Adds an endpoint to the user's own settings, or replaces the one of that name. */
export async function writeEndpoint(name: string, value: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration("tunesmith");
  const { globalValue, defaultValue } = settings.inspect<Record<string, unknown>>("endpoints") ?? {};
  await settings.update("endpoints", { ...(globalValue ?? defaultValue), [name]: value }, vscode.ConfigurationTarget.Global);
}

/** The Python of the setting `tunesmith.engine.python`; undefined when it is empty. */
export function readPython(): string | undefined {
  const value = vscode.workspace.getConfiguration("tunesmith").get<unknown>("engine.python");
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
