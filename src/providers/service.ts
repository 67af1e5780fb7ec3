import type { ChatModel } from "../evaluation/model.ts";
import type { Provider } from "../jobs/provider.ts";
import type { Tuning } from "../jobs/tuning.ts";

/** Where a service is and what opens it. The key is sent to the origin of `baseURL` and to nothing else; an empty one is not sent. */
export interface Endpoint {
  readonly id: string;
  /** What the tree and every message call the service. */
  readonly title: string;
  readonly kind: "openai";
  /** What it takes beyond OpenAI's API, if it is known to take more. */
  readonly dialect?: "local-engine";
  /** `https:`, or `http:` on this machine. */
  readonly baseURL: string;
  readonly apiKey: string;
}

/** What a service offers: its jobs, and its models to talk to. */
export interface Service {
  readonly provider: Provider;
  chatModel(model: string): ChatModel;
  /** What can be chosen when a job is started here. */
  readonly tuning: Tuning;
}
