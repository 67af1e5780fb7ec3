import { FileError } from "../workers/file-error.ts";
import { ApiError } from "./api-error.ts";
import { TrainingError } from "./runners/runner.ts";

/** The word for programs that an error goes by; undefined for one that nobody foresaw. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof TrainingError || error instanceof ApiError) return error.code ?? undefined;
  if (!(error instanceof FileError)) return undefined;
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return code === "ENOSPC" || code === "EDQUOT" ? "disk_full" : "disk_fault";
}
