import * as vscode from "vscode";
import type { Credentials } from "../credentials.ts";
import type { NamedService, Services } from "../services/services.ts";

/** Asks for the key of a service and stores it for that service's origin; gives the service, or undefined when the user turned away. */
export async function setKey(service: string | undefined, services: Services, credentials: Credentials): Promise<string | undefined> {
  const chosen = await chooseService(service, services, "Set API Key");
  if (!chosen?.baseURL) return undefined;
  const { origin } = new URL(chosen.baseURL);
  const key = await vscode.window.showInputBox({
    title: `API key of ${chosen.title}`, password: true, ignoreFocusOut: true, prompt: `Kept in VS Code's secret storage and sent to ${origin} only.`,
    validateInput: (text) => (/^\s*$/.test(text) ? "A key is not empty." : /\s/.test(text.trim()) ? "A key has no spaces." : undefined),
  });
  if (key === undefined) return undefined;
  await credentials.store(chosen.baseURL, key.trim());
  return chosen.id;
}

/** Removes the key of a service; gives the service, or undefined when the user turned away. */
export async function forgetKey(service: string | undefined, services: Services, credentials: Credentials): Promise<string | undefined> {
  const chosen = await chooseService(service, services, "Forget API Key");
  if (!chosen?.baseURL) return undefined;
  await credentials.forget(chosen.baseURL);
  return chosen.id;
}

async function chooseService(given: string | undefined, services: Services, title: string): Promise<NamedService | undefined> {
  const keyed = services.list().filter(({ baseURL }) => baseURL !== undefined);
  const named = keyed.find(({ id }) => id === given);
  if (named) return named;
  if (keyed.length === 0) throw new Error("No service needs a key: the setting tunesmith.endpoints is empty.");
  return (await vscode.window.showQuickPick(keyed.map((each) => ({ label: each.title, description: each.baseURL ?? "", each })), { title, placeHolder: "The service" }))?.each;
}
