import { isLocalModel } from "../../python-process.ts";
import type { RemotePlace, StoredJob } from "../../stored.ts";
import type { Submission } from "./client.ts";

/** What a job is called on the cluster: derived from its id, so that whoever comes after a crash finds it, and Ray refuses a second one. */
export const submissionId = (job: string): string => `tunesmith-${job}`;

/** What the submissions of its further nodes are called, the second node's first. */
export const furtherSubmissions = ({ id, place }: { readonly id: string; readonly place: Pick<RemotePlace, "nodes"> }): readonly string[] => Array.from({ length: (place.nodes ?? 1) - 1 }, (_, index) => `${submissionId(id)}-node-${index + 2}`);

/** With what a message begins in the log of a job. */
export const markOf = (job: string): string => `@tunesmith:${job} `;

export interface SubmissionParts {
  readonly job: Pick<StoredJob, "id" | "suffix">;
  readonly place: RemotePlace;
  /** As the nodes find it. */
  readonly model: string;
  /** train.py's request. */
  readonly request: object;
  readonly packageName: string;
  /** What the environment is made of, where neither an interpreter nor packages are named. */
  readonly requirements: readonly string[];
  /** Of a further node its number, from 1, and where the first one waits for it. */
  readonly further?: { readonly node: number; readonly meeting: string };
}

/** What is posted to start a job. Nothing that a launch file says reaches the entrypoint, which a shell runs. */
export function toSubmission({ job, place, model, request, packageName, requirements, further }: SubmissionParts): Submission {
  const { cluster: { python, packages = requirements }, cpus = 1, gpus, nodes = 1 } = place;
  // Without a process for each graphics card, the trainer would drive them all from one, which is slower and counts batches otherwise.
  const processes = Math.max(1, gpus ?? 1);
  return {
    submission_id: (further && furtherSubmissions({ id: job.id, place })[further.node - 1]) ?? submissionId(job.id),
    entrypoint: `${python === undefined ? "python" : quoted(python)} ray_job.py`,
    runtime_env: {
      working_dir: `gcs://${packageName}`,
      env_vars: {
        TUNESMITH_REQUEST: JSON.stringify(request),
        TUNESMITH_MARK: markOf(job.id),
        PYTHONUTF8: "1",
        TOKENIZERS_PARALLELISM: "false",
        TQDM_DISABLE: "1",
        HF_HUB_DISABLE_TELEMETRY: "1",
        ...(isLocalModel(model) ? { HF_HUB_OFFLINE: "1" } : {}),
        TUNESMITH_PROCESSES: String(processes),
        ...(nodes > 1 ? { TUNESMITH_NODES: String(nodes) } : {}),
        ...(further ? { TUNESMITH_NODE: String(further.node), TUNESMITH_MEETING: further.meeting } : {}),
        // Ray would have it 1 for a fraction of a core, and leave it for none.
        OMP_NUM_THREADS: String(Math.max(1, Math.floor(cpus / processes))),
      },
      ...(python === undefined ? { uv: packages } : {}),
    },
    metadata: { tunesmith_job: job.id, ...(job.suffix === null ? {} : { name: job.suffix }) },
    entrypoint_num_cpus: cpus,
    ...(gpus === undefined ? {} : { entrypoint_num_gpus: gpus }),
  };
}

/** As one word of a POSIX shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
