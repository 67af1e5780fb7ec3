import { findKind, kindOf } from "./index.ts";

/** A service of the user's settings: the name by which everything else calls it, what it is, and where. */
export interface NamedEndpoint {
  readonly name: string;
  /** The id of a kind of `src/providers/index.ts`, or what the user wrote in its place. */
  readonly kind: string;
  readonly baseURL: string;
  readonly account?: string;
}

/**
 * Reads the setting `tunesmith.endpoints`: a base URL by name, or an object with `provider`, `baseURL` and `account`. The host tells the provider where it is
 * left out, and the provider its usual address. What says neither is passed over; whether a URL can be used is told when it is.
 */
export function readEndpointSetting(value: unknown): readonly NamedEndpoint[] {
  if (!isValues(value)) return [];
  return Object.entries(value).flatMap(([name, said]): NamedEndpoint[] => {
    const { provider, baseURL, account } = isValues(said) ? said : { provider: undefined, baseURL: said, account: undefined };
    const named = textOf(provider);
    const address = textOf(baseURL) ?? (named === undefined ? undefined : findKind(named)?.baseURL);
    if (address === undefined) return [];
    const own = textOf(account);
    return [{ name, kind: named ?? kindOf(address).id, baseURL: address, ...(own === undefined ? {} : { account: own }) }];
  });
}

function isValues(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
