import { findKind } from "./index.ts";

/**
 * The environment variables that hold a key by the convention of a service's own tools, of those that are set; none for another address than the service's
 * own, as their keys are not for it. They are read when the user asks for one, and only then.
 */
export function environmentKeys(place: { readonly kind: string; readonly baseURL: string }, environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const kind = findKind(place.kind);
  if (!kind?.baseURL || !URL.canParse(place.baseURL) || new URL(place.baseURL).origin !== new URL(kind.baseURL).origin) return [];
  return kind.environment.filter((name) => (environment[name] ?? "").trim() !== "");
}
