import * as z from "zod";
import { ProviderError } from "../../jobs/provider.ts";
import type { Account } from "../../jobs/account.ts";
import type { HttpClient } from "../http/client.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";

/** The user or organisation that jobs and files belong to. */
export interface Namespace {
  /** Asked for once. */
  name(signal: AbortSignal): Promise<string>;
  read(signal: AbortSignal): Promise<Account & { readonly name: string }>;
}

const name = z.string().regex(/^[\w.-]+$/);
const user = z.object({ name, canPay: z.boolean().optional().catch(undefined), orgs: z.array(z.object({ name, canPay: z.boolean().optional().catch(undefined) }).catch({ name: "?" })).catch([]) });

/** Finds the user of a token, or the organisation that the endpoint names among theirs. Source: Hugging Face's client, `whoami`. */
export function createNamespace(endpoint: Endpoint, client: HttpClient): Namespace {
  let known: string | undefined;
  async function read(signal: AbortSignal): Promise<Account & { readonly name: string }> {
    const answer = user.safeParse(await client.get("/api/whoami-v2", {}, signal));
    if (!answer.success) throw unreadable(endpoint, "whose token it is");
    const all = [answer.data, ...answer.data.orgs];
    const found = endpoint.account === undefined ? answer.data : all.find((each) => each.name === endpoint.account);
    if (!found) throw new ProviderError("forbidden", `The token of ${endpoint.title} does not belong to ${endpoint.account}. It belongs to ${all.map((each) => each.name).join(", ")}.`);
    known = found.name;
    return { name: found.name, ...(found.canPay === false ? { problem: `${found.name} has no way to pay, and jobs are billed by the minute.` } : {}) };
  }
  return { name: async (signal) => known ?? (await read(signal)).name, read };
}
