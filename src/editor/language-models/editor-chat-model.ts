import * as vscode from "vscode";
import type { ChatAnswer, ChatFailure, ChatMessage, ChatModel, ChatOptions } from "../../evaluation/model.ts";
import { writeCalls } from "../../evaluation/tool-calls.ts";

/** What VS Code asks the user's consent for. */
const justification = "Tunesmith asks it the records that you evaluate.";

/**
 * One of VS Code's language models as evaluations ask models. VS Code itself asks for the user's consent before the first request. System messages become the user's, because
 * VS Code has no others; temperature, seed and the most tokens are handed on, and whoever provides the model says whether they count. A JSON Schema cannot be asked for.
 */
export function createEditorChatModel(name: string, find: (name: string) => Promise<vscode.LanguageModelChat>): ChatModel {
  let found: Promise<vscode.LanguageModelChat> | undefined;
  return {
    id: name,
    async answer(messages, options, signal) {
      const cancelling = new vscode.CancellationTokenSource();
      const cancel = (): void => cancelling.cancel();
      signal.addEventListener("abort", cancel);
      try {
        signal.throwIfAborted();
        const model = await (found ??= find(name));
        return await ask(model, messages, options, cancelling.token);
      } catch (error) {
        signal.throwIfAborted();
        throw explain(name, error);
      } finally {
        signal.removeEventListener("abort", cancel);
        cancelling.dispose();
      }
    },
  };
}

async function ask(model: vscode.LanguageModelChat, messages: readonly ChatMessage[], { temperature, maximumTokens, seed, tools }: ChatOptions, token: vscode.CancellationToken): Promise<ChatAnswer> {
  const declared = (tools ?? []).flatMap(toTool);
  const { stream } = await model.sendRequest(messages.map(toMessage), {
    justification, modelOptions: { temperature, max_tokens: maximumTokens, ...(seed === undefined ? {} : { seed }) }, ...(declared.length > 0 ? { tools: declared } : {}),
  }, token);
  let text = "";
  const calls: { readonly function: { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> } }[] = [];
  for await (const part of stream) {
    if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    else if (part instanceof vscode.LanguageModelToolCallPart) calls.push({ function: { name: part.name, arguments: part.input as Readonly<Record<string, unknown>> } });
  }
  // VS Code does not tell why an answer ended, nor how many tokens it has.
  return { text: writeCalls(text, calls) ?? text, finishReason: calls.length > 0 ? "tool_calls" : "stop" };
}

function toMessage({ role, content, tool_calls: calls, tool_call_id: id }: ChatMessage): vscode.LanguageModelChatMessage {
  if (role === "tool" && id !== undefined) return vscode.LanguageModelChatMessage.User([new vscode.LanguageModelToolResultPart(id, [new vscode.LanguageModelTextPart(content)])]);
  if (role !== "assistant") return vscode.LanguageModelChatMessage.User(content);
  const called = (calls ?? []).flatMap((call): vscode.LanguageModelToolCallPart[] => {
    const { id: callId = "", function: { name = "", arguments: given = "{}" } = {} } = (call ?? {}) as { id?: string; function?: { name?: string; arguments?: unknown } };
    return [new vscode.LanguageModelToolCallPart(callId, name, typeof given === "string" ? parsed(given) : (given as object))];
  });
  return vscode.LanguageModelChatMessage.Assistant([...(content === "" && called.length > 0 ? [] : [new vscode.LanguageModelTextPart(content)]), ...called]);
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A tool as OpenAI's chat format declares it, as VS Code does; what is none is left out. */
function toTool(tool: unknown): readonly vscode.LanguageModelChatTool[] {
  const { function: { name, description = "", parameters } = {} } = (tool ?? {}) as { function?: { name?: string; description?: string; parameters?: object } };
  return name === undefined ? [] : [{ name, description, ...(parameters ? { inputSchema: parameters } : {}) }];
}

/** What a user can do about a refusal. */
function explain(name: string, error: unknown): Error & ChatFailure {
  const code = error instanceof vscode.LanguageModelError ? error.code : "";
  const reason = error instanceof Error ? error.message : String(error);
  if (code === vscode.LanguageModelError.NoPermissions().code) return new Error(`You have not allowed Tunesmith to ask ${name}. Run it again, and allow it in VS Code's question; what was refused once can be allowed in the Accounts menu, Manage Language Model Access.`, { cause: error });
  if (code === vscode.LanguageModelError.Blocked().code) return new Error(`VS Code does not let ${name} be asked now: ${reason || "its quota is used up, or it is blocked"}.`, { cause: error });
  if (code === vscode.LanguageModelError.NotFound().code) return new Error(`VS Code has no language model ${name} any more.`, { cause: error });
  return error instanceof Error ? error : new Error(reason);
}
