import { ApiError } from "../api-error.ts";
import type { Environment } from "./environment.ts";

/** The Python and the base model that were set up. Throws an ApiError that names the one command when they were not. */
export function requireReady(environment: Pick<Environment, "ready">): NonNullable<ReturnType<Environment["ready"]>> {
  const ready = environment.ready();
  if (!ready) throw new ApiError(409, 'Local training is not set up. Run "node engine.js setup" once.', "environment_not_ready");
  return ready;
}
