import * as vscode from "vscode";
import { ProviderError, type Provider } from "../../jobs/provider.ts";
import { editorId } from "../../launch/editor-id.ts";
import type { Service } from "../../providers/service.ts";
import type { NamedService, Services } from "../services/services.ts";

/** VS Code's own language models among the services, for what only asks models. */
const editorModels: NamedService = { id: editorId, title: "VS Code's Language Models", pauses: { active: 300_000, idle: 300_000 } };

/** The part of `vscode.lm` that finds models. */
export type LanguageModels = Pick<typeof vscode.lm, "selectChatModels">;

/** The services with VS Code's own language models behind them, which answer but have no jobs. A service of the settings by that name goes before. */
export function withEditorModels(services: Services, models: LanguageModels = vscode.lm): Services {
  const isEditor = (id: string): boolean => id === editorId && !services.find(id);
  const open = async (id: string, signal: AbortSignal): Promise<Service> => (isEditor(id) ? openEditorModels(models) : services.open(id, signal));
  return {
    ...services, open,
    list: () => [...services.list(), ...(services.find(editorId) ? [] : [editorModels])],
    find: (id) => services.find(id) ?? (id === editorId ? editorModels : undefined),
    openIfUsed: (id, signal) => (isEditor(id) ? open(id, signal) : services.openIfUsed(id, signal)),
  };
}

async function openEditorModels(models: LanguageModels): Promise<Service> {
  if (!vscode.workspace.isTrusted) throw new ProviderError("forbidden", "Nothing is sent or started in a workspace that you have not trusted.");
  const { createEditorChatModel } = await import("./editor-chat-model.ts");
  const untunable = async (): Promise<never> => {
    throw new ProviderError("invalid", `${editorModels.title} answer, and cannot be fine-tuned.`);
  };
  const provider: Provider = {
    id: editorId, title: editorModels.title, listJobs: async () => [], retrieveJob: untunable, uploadFile: untunable, createJob: untunable,
    listModels: async () => (await models.selectChatModels()).map((model) => ({ id: nameOf(model), base: true, title: model.name })),
  };
  return { provider, chatModel: (name) => createEditorChatModel(name, (wanted) => findModel(wanted, models)), tuning: { hyperparameters: [], presets: [], price: "", destination: "" } };
}

/** The model that a name means: family and id with a stroke between them, or either alone. Rejects with a ProviderError that says which there are. */
async function findModel(name: string, models: LanguageModels): Promise<vscode.LanguageModelChat> {
  const all = await models.selectChatModels();
  const found = [nameOf, ({ id }: vscode.LanguageModelChat) => id, ({ family }: vscode.LanguageModelChat) => family].flatMap((read) => all.find((model) => read(model) === name) ?? [])[0];
  if (found) return found;
  if (all.length === 0) throw new ProviderError("not-found", "VS Code has no language model. An extension such as GitHub Copilot Chat provides some, once you are signed in; or name another service.");
  throw new ProviderError("not-found", `VS Code has no language model ${JSON.stringify(name)}. It has ${all.map(nameOf).join(", ")}.`);
}

function nameOf({ family, id }: vscode.LanguageModelChat): string {
  return family === id ? id : `${family}/${id}`;
}
