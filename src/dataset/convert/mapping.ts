/** Which column of a table becomes what a role says; roles in the order of the conversation. */
export interface Mapping {
  readonly columns: readonly { readonly role: string; readonly column: string }[];
  /** Becomes the system message of every record. */
  readonly system?: string;
}

const roles = ["system", "user", "assistant"] as const;

/** Reads `user=text,assistant=category`. Gives the reason when it is no such list, or has no answer to learn. */
export function readMapping(written: string, system?: string): Mapping | { readonly reason: string } {
  const columns: { role: string; column: string }[] = [];
  for (const part of written.split(",")) {
    const [role = "", ...rest] = part.split("=");
    const column = rest.join("=").trim();
    const name = role.trim();
    if (!(roles as readonly string[]).includes(name) || column === "") {
      return { reason: `"${part}" is no role=column pair; expected for example user=text,assistant=category (roles: ${roles.join(", ")})` };
    }
    if (columns.some((known) => known.role === name)) return { reason: `the role ${name} is mapped twice` };
    columns.push({ role: name, column });
  }
  for (const needed of ["user", "assistant"]) if (!columns.some(({ role }) => role === needed)) return { reason: `no column is mapped to ${needed}; a record needs a user's message and the assistant's answer` };
  if (system !== undefined && columns.some(({ role }) => role === "system")) return { reason: "the system message is given twice, by --system and by --map" };
  const ordered = columns.sort((a, b) => roles.indexOf(a.role as (typeof roles)[number]) - roles.indexOf(b.role as (typeof roles)[number]));
  return system === undefined ? { columns: ordered } : { columns: ordered, system };
}
