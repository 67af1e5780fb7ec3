import * as z from "zod";
import { ask, RayError, type Answer, type Question } from "./ask.ts";
import { tailLog } from "./tail-log.ts";

/** Of Ray's `JobDetails`, what is read. Source: ray 2.60, `dashboard/modules/job/pydantic_models.py`. */
const details = z.object({ status: z.string(), message: z.string().nullish(), error_type: z.string().nullish() });
/** A submission as the cluster tells it; `status` is PENDING, RUNNING, SUCCEEDED, FAILED or STOPPED. */
export type RayJob = z.infer<typeof details>;

/** Whether a submission has come to its end. Source: `JobStatus.is_terminal`. */
export const hasEndedOnCluster = ({ status }: Pick<RayJob, "status">): boolean => ["SUCCEEDED", "FAILED", "STOPPED"].includes(status);

/** What `POST /api/jobs/` takes. Source: `JobSubmitRequest`. */
export interface Submission {
  readonly submission_id: string;
  readonly entrypoint: string;
  readonly runtime_env: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly entrypoint_num_cpus: number;
  readonly entrypoint_num_gpus?: number;
}

/** Ray's Jobs API at a dashboard. Every method rejects with a RayError, or the signal's reason. */
export interface RayClient {
  /** Undefined when the cluster knows no such submission. */
  find(id: string, signal: AbortSignal): Promise<RayJob | undefined>;
  hasPackage(name: string, signal: AbortSignal): Promise<boolean>;
  putPackage(name: string, file: { readonly path: string; readonly bytes: number }, signal: AbortSignal): Promise<void>;
  /** Is refused by Ray when there is a submission of this id: of two that submit, one does. Is no error then. */
  submit(submission: Submission, signal: AbortSignal): Promise<void>;
  /** The whole log so far. */
  log(id: string, signal: AbortSignal): Promise<string>;
  /** Hands over the log from its beginning on, as it grows; resolves when the cluster closes it, which it does after the submission's end. */
  tail(id: string, take: (text: string) => void, signal: AbortSignal): Promise<void>;
  /** Asks for the end of a submission, and does not wait for it; is no error for one that is gone. */
  stop(id: string, signal: AbortSignal): Promise<void>;
  /** Only one that has ended can be deleted; is no error for one that is gone. */
  delete(id: string, signal: AbortSignal): Promise<void>;
}

/** `tokenOf` is asked anew each time, because the token may be told late. */
export function createRayClient(address: string, tokenOf: () => string | undefined): RayClient {
  const jobPath = (id: string): string => `api/jobs/${encodeURIComponent(id)}`;
  const packagePath = (name: string): string => `api/packages/gcs/${encodeURIComponent(name)}`;

  /** Undefined for what does not exist; a 404 that does not say so is no dashboard's. */
  async function send(question: Question, signal: AbortSignal): Promise<Answer | undefined> {
    const token = tokenOf();
    const answer = await ask(address, token, question, signal);
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status === 404 && /does not exist/i.test(answer.text)) return undefined;
    throw toError(answer, question, token);
  }

  function read<Value>(answer: Answer, schema: z.ZodType<Value>): Value {
    try {
      return schema.parse(JSON.parse(answer.text));
    } catch (cause) {
      throw new RayError("unreachable", "it answers, but not as a Ray dashboard does", { cause });
    }
  }

  return {
    async find(id, signal) {
      const answer = await send({ method: "GET", path: jobPath(id) }, signal);
      return answer && read(answer, details);
    },
    hasPackage: async (name, signal) => (await send({ method: "GET", path: packagePath(name) }, signal)) !== undefined,
    async putPackage(name, file, signal) {
      await send({ method: "PUT", path: packagePath(name), file }, signal);
    },
    async submit(submission, signal) {
      await send({ method: "POST", path: "api/jobs/", json: submission }, signal).catch((error: unknown) => {
        if (!(error instanceof RayError && /already exists/.test(error.message))) throw error;
      });
    },
    async log(id, signal) {
      const answer = await send({ method: "GET", path: `${jobPath(id)}/logs` }, signal);
      return answer ? read(answer, z.object({ logs: z.string() })).logs : "";
    },
    tail: (id, take, signal) => tailLog(address, tokenOf(), `${jobPath(id)}/logs/tail`, take, signal),
    async stop(id, signal) {
      await send({ method: "POST", path: `${jobPath(id)}/stop` }, signal);
    },
    async delete(id, signal) {
      await send({ method: "DELETE", path: jobPath(id) }, signal);
    },
  };
}

function toError({ status, text }: Answer, { method, path }: Question, token: string | undefined): RayError {
  if (status === 401 || status === 403) {
    return new RayError("unauthorised", token === undefined ? `it wants a token (${status}); name the environment variable that holds it as "tokenVariable" of the cluster in your settings` : `it does not accept the token (${status})`);
  }
  // Ray answers with a whole traceback, whose last line says what it is about.
  const lastLine = text.trim().split("\n").at(-1)?.slice(0, 500) ?? "";
  const answered = `it answered ${method} ${path} with ${status}${lastLine === "" ? "" : `: ${lastLine}`}`;
  if (status >= 300 && status < 400) return new RayError("unreachable", `it sends on to another address (${status}), which is not followed`);
  // A gateway's word, or an agent that is not there yet, passes; a question that changes nothing may always be asked again.
  const passes = [408, 429, 502, 503, 504].includes(status) || /try again later/i.test(text) || (status >= 500 && method === "GET") || status === 404;
  return new RayError(passes ? "unreachable" : "refused", answered);
}
