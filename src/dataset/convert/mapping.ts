const roles = ["system", "user", "assistant", "rejected"] as const;
/** Who says a column; `rejected` is a worse answer of the assistant. */
export type Role = (typeof roles)[number];

/** Which column of a table becomes what a role says; roles in the order of the conversation. */
export interface Mapping {
  readonly columns: readonly { readonly role: Role; readonly column: string }[];
  /** Becomes the system message of every record. */
  readonly system?: string;
}

/** Reads `user=text,assistant=category`. Gives the reason when it is no such list, or when a record would lack a question or an answer. */
export function readMapping(written: string, system?: string): Mapping | { readonly reason: string } {
  const columns = new Map<Role, string>();
  for (const part of written.split(",")) {
    const separator = part.indexOf("=");
    const role = roles.find((known) => known === part.slice(0, Math.max(separator, 0)).trim());
    const column = part.slice(separator + 1).trim();
    if (role === undefined || column === "") return { reason: `"${part}" is no role=column pair; expected for example user=text,assistant=category (roles: ${roles.join(", ")})` };
    if (columns.has(role)) return { reason: `the role ${role} is mapped twice` };
    columns.set(role, column);
  }
  return toMapping(columns, system);
}

/** The mapping of these columns. Gives the reason when a record would lack a question or an answer, or when the system message is given twice or says nothing. */
export function toMapping(columns: ReadonlyMap<Role, string>, system?: string): Mapping | { readonly reason: string } {
  for (const needed of ["user", "assistant"] as const) {
    if (!columns.has(needed)) return { reason: `no column is mapped to ${needed}; a record needs a user's message and the assistant's answer` };
  }
  if (system !== undefined && columns.has("system")) return { reason: "the system message is given twice, by --system and by --map" };
  if (system?.trim() === "") return { reason: "the system message is empty; leave --system out for records without one" };
  const ordered = roles.flatMap((role) => {
    const column = columns.get(role);
    return column === undefined ? [] : [{ role, column }];
  });
  return system === undefined ? { columns: ordered } : { columns: ordered, system };
}
