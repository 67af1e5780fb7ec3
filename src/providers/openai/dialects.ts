import type { Provider } from "../../jobs/provider.ts";
import type { Tuning } from "../../jobs/tuning.ts";
import type { Authorization } from "../http/guarded-fetch.ts";
import type { Endpoint } from "../service.ts";
import { isAzure, isNebius } from "./hosts.ts";
import { azureTuning, nebiusTuning } from "./other-tunings.ts";
import { compatibleTuning, localEngineTuning, openAiTuning } from "./tuning.ts";

/** In what a service differs from OpenAI, though it speaks its API. */
export interface Dialect {
  readonly authorization: Authorization;
  readonly tuning: Tuning;
  /** Whether it gives the files of a tuned model, at `/models/MODEL/files`. */
  readonly modelFiles?: true;
  /** Whether it scores given answers, at `/scores`. */
  readonly scores?: true;
  /** Whether it may answer batches. */
  readonly batches?: true;
  /** Whether it may have a moderation model. */
  readonly moderates?: true;
  /** Members of the port that it has no routes for. */
  readonly lacks: readonly (keyof Provider)[];
}

const openAi: Dialect = { authorization: "bearer", tuning: openAiTuning, batches: true, moderates: true, lacks: [] };
const compatible: Dialect = { ...openAi, tuning: compatibleTuning };
const localEngine: Dialect = { authorization: "bearer", tuning: localEngineTuning, modelFiles: true, scores: true, lacks: ["pauseJob", "resumeJob"] };
/** Source: Microsoft's guide to fine-tuning in Foundry, as of November 2026. */
const azure: Dialect = { authorization: "api-key", tuning: azureTuning, lacks: [] };
/** Source: Nebius Token Factory's reference, as of November 2026: it documents neither pausing nor uploads in parts. */
const nebius: Dialect = { authorization: "bearer", tuning: nebiusTuning, lacks: ["pauseJob", "resumeJob", "discardUpload"] };

/** The dialect of an endpoint, by what is said of it, else by its host. */
export function dialectOf({ dialect, baseURL }: Pick<Endpoint, "dialect" | "baseURL">): Dialect {
  if (dialect === "local-engine") return localEngine;
  const hostname = URL.canParse(baseURL) ? new URL(baseURL).hostname : "";
  if (dialect === "azure-openai" || isAzure(hostname)) return azure;
  if (dialect === "nebius" || isNebius(hostname)) return nebius;
  return hostname === "api.openai.com" ? openAi : compatible;
}
