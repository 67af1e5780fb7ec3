import { elements, property, type Node } from "../json-node.ts";
import type { Format } from "./format.ts";

/**
 * OpenAI's chat format: `{"messages": [{"role", "content", …}, …], "tools"?, "parallel_tool_calls"?, "functions"?}`.
 * Source: `FineTuneChatRequestInput` of OpenAI's specification, revision of July 2025.
 */
export const chat = {
  id: "chat",
  title: "OpenAI chat",
  recognises: (record) => property(record, "messages") !== undefined,
} as const satisfies Format;

/** The messages of a chat record that are objects, each with its place in the list. */
export function messagesOf(record: Node | undefined): readonly { readonly message: Node; readonly index: number }[] {
  return elements(property(record, "messages")).flatMap((message, index) => (message.type === "object" ? [{ message, index }] : []));
}

/** A message's role as it is written, when it is a string. */
export function roleOf(message: Node | undefined): string | undefined {
  const role = property(message, "role");
  return role?.type === "string" ? String(role.value) : undefined;
}

/** Whether a message means to have this role, be it written in the wrong letter case: `unknown-role` alone tells of that. */
export function namesRole(message: Node | undefined, role: string): boolean {
  return roleOf(message)?.trim().toLowerCase() === role;
}
