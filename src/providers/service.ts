import type { BatchOffer } from "../evaluation/batch/batch-offer.ts";
import type { ChatBatches } from "../evaluation/batch/batches.ts";
import type { ChatModel } from "../evaluation/model.ts";
import type { ModerationModel, ModerationOffer } from "../evaluation/moderation/moderation-model.ts";
import type { Endings } from "../jobs/ending.ts";
import type { TuningMethod } from "../jobs/method.ts";
import type { Provider } from "../jobs/provider.ts";
import type { Tuning } from "../jobs/tuning.ts";

/** Where a service is and what opens it. The key is sent to the origin of `baseURL` and to nothing else; an empty one is not sent. */
export interface Endpoint {
  readonly id: string;
  /** What the tree and every message call the service. */
  readonly title: string;
  /** The id of a kind of `src/providers/index.ts`. */
  readonly kind: string;
  /** What it takes otherwise than its kind, where its address does not say it: `local-engine`. */
  readonly dialect?: string;
  /** Which of the account's names to work under, where one key opens several; the first where it is left out. */
  readonly account?: string;
  /** `https:`, or `http:` on this machine. */
  readonly baseURL: string;
  readonly apiKey: string;
  /** Is told of each request as it leaves. */
  readonly sent?: () => void;
}

/** What a service offers: its jobs, and its models to talk to. */
export interface Service {
  readonly provider: Provider;
  chatModel(model: string): ChatModel;
  /** Questions to a model that are answered together, later and for less; missing where the service has no such thing. */
  batches?(model: string): ChatBatches;
  /** What judges texts by the service's rules of use; missing where it has no such model. */
  readonly moderation?: ModerationModel;
  /** What can be chosen when a job is started here. */
  readonly tuning: Tuning;
}

/** A kind of service: what is known of it before it is opened. Its file imports nothing heavy; `open` loads the rest. */
export interface ServiceKind {
  readonly id: string;
  readonly title: string;
  /** Its usual base URL; undefined where everyone has an own. */
  readonly baseURL?: string;
  /** Whether a base URL on this host is of this kind, where it can be told. */
  owns(hostname: string): boolean;
  /** Where a key is made. */
  readonly keyPage: string;
  /** Environment variables that hold a key by the service's own convention; they are read only when the user asks for it. */
  readonly environment: readonly string[];
  /** What a dataset has to be for each method: ids of `dataset/targets`. */
  targets(endpoint: Pick<Endpoint, "baseURL" | "dialect">): Partial<Readonly<Record<TuningMethod, string>>>;
  /** What it has announced to end; a kind that says nothing has announced nothing. */
  endings?(endpoint: Pick<Endpoint, "baseURL">): Endings;
  /** Whether it answers batches, and at what price; undefined, or left out, where it does not. */
  batches?(endpoint: Pick<Endpoint, "baseURL">): BatchOffer | undefined;
  /** Which model moderates; undefined, or left out, where there is none. */
  moderation?(endpoint: Pick<Endpoint, "baseURL">): ModerationOffer | undefined;
  /** Nothing is sent yet. Rejects with a ProviderError of the kind `invalid` when the base URL or the key cannot be used. */
  open(endpoint: Endpoint): Promise<Service>;
}
