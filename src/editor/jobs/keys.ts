import * as vscode from "vscode";
import { ProviderError } from "../../jobs/provider.ts";
import { environmentKeys } from "../../providers/environment-keys.ts";
import { findKind } from "../../providers/index.ts";
import type { Credentials, KeyPlace } from "../credentials.ts";
import { isKeyed, type KeyedService, type Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";

/** Asks for the key of a service, stores it for that service's provider and origin, and tries it; gives the service, or undefined when the user turned away. */
export async function setKey(service: string | undefined, services: Services, credentials: Credentials): Promise<string | undefined> {
  const chosen = await chooseService(service, services, "Set API Key");
  if (!chosen) return undefined;
  const key = (await offerEnvironment(chosen)) ?? (await askKey(chosen));
  if (key === undefined) return undefined;
  await credentials.store(chosen, key);
  await tryKey(chosen, services);
  return chosen.id;
}

/** Asks the service whose key is stored whether it takes it, and says what it says; gives the service, or undefined when the user turned away. Rejects with a ProviderError when the service refuses or cannot be asked. */
export async function testKey(service: string | undefined, services: Services): Promise<string | undefined> {
  const chosen = await chooseService(service, services, "Test API Key");
  if (!chosen) return undefined;
  void vscode.window.showInformationMessage(await askService(chosen, services));
  return chosen.id;
}

/** Removes the key of a service; gives the service, or undefined when the user turned away. */
export async function forgetKey(service: string | undefined, services: Services, credentials: Credentials): Promise<string | undefined> {
  const chosen = await chooseService(service, services, "Forget API Key");
  if (!chosen) return undefined;
  await credentials.forget(chosen);
  return chosen.id;
}

/** A key that is refused is kept all the same, as the service may take it later; that it is refused is said. */
async function tryKey(chosen: KeyedService, services: Services): Promise<void> {
  try {
    vscode.window.setStatusBarMessage(await askService(chosen, services), 10_000);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    void vscode.window.showWarningMessage(`The key is stored. ${error.message}`);
  }
}

async function askService({ id, title }: KeyedService, services: Services): Promise<string> {
  const { name, problem } = await withProgress(`Asking ${title}`, async (signal) => {
    const { provider } = await services.open(id, signal);
    if (provider.checkAccess) return provider.checkAccess(signal);
    await provider.listJobs(signal);
    return {};
  });
  return `${title} takes the key${name === undefined ? "" : `, as ${name}`}.${problem === undefined ? "" : ` ${problem}`}`;
}

/**
 * The key of an environment variable that the service's own tools read, on the user's word only and only for the service's own address: undefined when there
 * is none, or when the user enters another.
 */
async function offerEnvironment({ title, ...place }: KeyedService): Promise<string | undefined> {
  const found = environmentKeys(place, process.env);
  if (found.length === 0) return undefined;
  const items = [{ label: "$(edit) Enter a Key", description: "", name: undefined }, ...found.map((name) => ({ label: `$(symbol-variable) Take It from ${name}`, description: "of this environment; it is copied into VS Code's secret storage", name }))];
  const chosen = await vscode.window.showQuickPick(items, { title: `API key of ${title}` });
  if (!chosen) throw new vscode.CancellationError();
  return chosen.name === undefined ? undefined : process.env[chosen.name]?.trim();
}

async function askKey({ title, ...place }: KeyedService): Promise<string | undefined> {
  const key = await vscode.window.showInputBox({
    title: `API key of ${title}`, password: true, ignoreFocusOut: true, prompt: `Kept in VS Code's secret storage and sent to ${new URL(place.baseURL).origin} only.${pageOf(place)}`,
    validateInput: (text) => (/^\s*$/.test(text) ? "A key is not empty." : /\s/.test(text.trim()) ? "A key has no spaces." : undefined),
  });
  return key?.trim();
}

/** Where a key is made, at the service's own address. */
function pageOf({ kind: id, baseURL }: KeyPlace): string {
  const kind = findKind(id);
  return kind?.baseURL && new URL(baseURL).origin === new URL(kind.baseURL).origin ? ` It is made at ${kind.keyPage}.` : "";
}

async function chooseService(given: string | undefined, services: Services, title: string): Promise<KeyedService | undefined> {
  const keyed = services.list().filter(isKeyed);
  const named = keyed.find(({ id }) => id === given);
  if (named) return named;
  if (keyed.length === 0) throw new Error("No service needs a key: the setting tunesmith.endpoints is empty. Add one with the command Add Service.");
  return (await vscode.window.showQuickPick(keyed.map((each) => ({ label: each.title, description: each.baseURL, each })), { title, placeHolder: "The service" }))?.each;
}
