import type { LogFormat } from "./call.ts";
import { langfuse } from "./langfuse.ts";
import { openai } from "./openai.ts";
import { opentelemetry } from "./opentelemetry.ts";

/** Every way of logging that is read; the first that knows an entry reads it. */
export const logFormats: readonly LogFormat[] = [opentelemetry, langfuse, openai];
