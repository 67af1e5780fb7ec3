import { ProviderError } from "../../jobs/provider.ts";

/** Waits for a removal; what is to be removed may be gone already, which is what was wanted. `kinds` are the errors that tell so. */
export async function unlessGone(removal: Promise<unknown>, kinds: readonly ProviderError["kind"][] = ["not-found"]): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!(error instanceof ProviderError) || !kinds.includes(error.kind)) throw error;
  });
}
