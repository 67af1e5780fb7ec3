import * as z from "zod";
import { ProviderError } from "../../jobs/provider.ts";
import type { HttpClient } from "../http/client.ts";
import type { Endpoint } from "../service.ts";
import { listPage } from "./list.ts";

/** The account that a key works under. */
export interface FireworksAccount {
  /** `accounts/NAME`, asked for once. */
  name(signal: AbortSignal): Promise<string>;
  /** As it is now. */
  read(signal: AbortSignal): Promise<{ readonly name: string; readonly problem?: string }>;
}

const text = z.string().min(1).optional().catch(undefined);
const account = z.object({ name: z.string().regex(/^accounts\/[\w-]+$/), suspendState: text });

/** Why an account is held up. Source: Fireworks' SDK, `Account`. */
const problems: Readonly<Record<string, string>> = {
  FAILED_PAYMENTS: "A payment has failed.",
  CREDIT_DEPLETED: "The credit is used up.",
  MONTHLY_SPEND_LIMIT_EXCEEDED: "The monthly limit is reached.",
  BLOCKED_BY_ABUSE_RULE: "The account is blocked.",
};

/** Finds the account of a key, or the one that the endpoint names among several. */
export function createAccount(endpoint: Endpoint, client: HttpClient): FireworksAccount {
  let known: string | undefined;
  async function read(signal: AbortSignal): Promise<{ readonly name: string; readonly problem?: string }> {
    const { items } = await listPage(endpoint, client, "/v1/accounts", "accounts", { pageSize: 200 }, (answer) => account.safeParse(answer).data, signal);
    const wanted = endpoint.account === undefined ? undefined : `accounts/${endpoint.account.replace(/^accounts\//, "")}`;
    const found = wanted === undefined ? items[0] : items.find(({ name }) => name === wanted);
    if (!found) throw new ProviderError("forbidden", wanted === undefined ? `The API key of ${endpoint.title} opens no account.` : `The API key of ${endpoint.title} does not open ${wanted}. It opens ${items.map(({ name }) => name).join(", ") || "no account"}.`);
    known = found.name;
    const problem = problems[found.suspendState ?? ""];
    return { name: found.name, ...(problem === undefined ? {} : { problem }) };
  }
  return { name: async (signal) => known ?? (await read(signal)).name, read };
}
