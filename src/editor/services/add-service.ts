import * as vscode from "vscode";
import { readBaseUrl } from "../../providers/http/base-url.ts";
import { serviceKinds } from "../../providers/index.ts";
import { readEndpoints, writeEndpoint } from "../settings.ts";

/** Asks which service to add and writes it into the user's own settings; gives its name, or undefined when the user turned away. Nothing is asked of the service. */
export async function addService(): Promise<string | undefined> {
  const title = "Add Service";
  const known = readEndpoints();
  const usual = serviceKinds.flatMap((kind) => (kind.baseURL === undefined || known.some(({ baseURL }) => baseURL === kind.baseURL) ? [] : [{ label: kind.title, description: kind.baseURL, url: kind.baseURL }]));
  const other = { label: "$(edit) Another Address…", description: "Azure OpenAI, Nebius, or any server that speaks OpenAI's fine-tuning API", url: undefined };
  const chosen = await vscode.window.showQuickPick([...usual, other], { title, placeHolder: "Where to train" });
  if (!chosen) return undefined;
  const url = chosen.url ?? (await vscode.window.showInputBox({ title, prompt: "The base URL, such as https://RESOURCE.openai.azure.com/openai/v1", ignoreFocusOut: true, validateInput: refuseUrl }));
  if (url === undefined) return undefined;
  const name = chosen.url === undefined ? await vscode.window.showInputBox({ title, prompt: "The name that the Jobs view and launch files call it by", value: new URL(url.trim()).hostname, ignoreFocusOut: true, validateInput: (text) => refuseName(text, known.map((each) => each.name)) }) : chosen.label;
  if (name === undefined) return undefined;
  await writeEndpoint(name.trim(), url.trim());
  return name.trim();
}

function refuseUrl(text: string): string | undefined {
  try {
    readBaseUrl({ title: "the service", baseURL: text.trim() });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refuseName(text: string, taken: readonly string[]): string | undefined {
  if (text.trim() === "") return "A service has a name.";
  return taken.includes(text.trim()) || text.trim() === "local" ? `There is a service "${text.trim()}" already.` : undefined;
}
