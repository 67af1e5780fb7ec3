import type { JobReference, Job } from "./job.ts";
import type { Launch } from "./launch.ts";
import type { KeptUpload } from "./upload-once.ts";

/** What an id means: a job, or a file at a service. */
export type Meant = { readonly kind: "job"; readonly job: JobReference } | { readonly kind: "file"; readonly provider: string; readonly file: { readonly id: string; readonly name: string } };

/** An id in a line: where it begins, how long it is, and what it means. */
export interface FoundId {
  readonly start: number;
  readonly length: number;
  readonly meant: Meant;
}

/** The shortest id that is looked for: words of a log are shorter, ids are not. */
const shortest = 8;
const candidates = /[A-Za-z0-9][\w./:-]{6,}[\w]/g;

/** Every id that this machine knows, of jobs, of the models that they made and of files that it sent, with what it means. */
export function knownIds(jobs: readonly Job[], launches: readonly Launch[], uploads: readonly KeptUpload[]): ReadonlyMap<string, Meant> {
  const ids = new Map<string, Meant>();
  for (const { provider, file, path } of uploads) if (file !== undefined) ids.set(file, { kind: "file", provider, file: { id: file, name: path.split(/[\\/]/).at(-1) ?? file } });
  for (const { provider, job } of launches) if (job !== undefined) ids.set(job, { kind: "job", job: { provider, job } });
  for (const { provider, id, tunedModel } of jobs) {
    const meant: Meant = { kind: "job", job: { provider, job: id } };
    ids.set(id, meant);
    if (tunedModel !== undefined) ids.set(tunedModel, meant);
  }
  for (const id of [...ids.keys()]) if (id.length < shortest) ids.delete(id);
  return ids;
}

/** The known ids in a line of text, in order. One that goes on as another word is none. */
export function findIds(line: string, ids: ReadonlyMap<string, Meant>): readonly FoundId[] {
  return [...line.matchAll(candidates)].flatMap(({ 0: word, index }): FoundId[] => {
    const meant = ids.get(word);
    if (meant) return [{ start: index, length: word.length, meant }];
    // Paths and addresses have an id as their last part.
    const slash = word.search(/\/[^/]*$/);
    const last = slash < 0 ? undefined : ids.get(word.slice(slash + 1));
    return last ? [{ start: index + slash + 1, length: word.length - slash - 1, meant: last }] : [];
  });
}
