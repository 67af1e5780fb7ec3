/** Keys whose strings a record does not say: roles, names that link a call with its result, definitions of tools. */
const unsaid = new Set(["role", "from", "type", "id", "tool_call_id", "call_id", "toolUseId", "tools", "functions", "image_url", "inlineData", "fileData"]);
const systemKeys = new Set(["system", "systemInstruction"]);
const systemRoles: readonly unknown[] = ["system", "developer"];

/**
 * All that a record says, whatever its format: the strings of its values, in their order. What is said to the assistant as its system message is left out where
 * it is more than half of the characters: it is the same in all records of many a file, which would make them all alike.
 */
export function textOfRecord(value: object): string {
  const said: string[] = [];
  const system: string[] = [];
  const walk = (part: unknown, into: string[]): void => {
    if (typeof part === "string") {
      if (!part.startsWith("data:")) into.push(part);
    } else if (Array.isArray(part)) for (const each of part as readonly unknown[]) walk(each, into);
    else if (typeof part === "object" && part !== null) {
      const members = part as Readonly<Record<string, unknown>>;
      const own = systemRoles.includes(members["role"] ?? members["from"]) ? system : into;
      for (const key in members) if (!unsaid.has(key)) walk(members[key], systemKeys.has(key) ? system : own);
    }
  };
  walk(value, said);
  const text = said.join(" ");
  const instructions = system.join(" ");
  return instructions.length > text.length ? text : `${instructions} ${text}`;
}
