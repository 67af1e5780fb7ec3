import { channel } from "node:diagnostics_channel";
import { rmSync } from "node:fs";

/** A file or folder that has a meaning only until the run that made it ends. */
export interface UnfinishedFile {
  readonly path: string;
  /** Told before it is made and after it is gone, so that none is missed. */
  readonly exists: boolean;
}

// Whoever ends a thread from outside gives it no chance to tidy up; a channel of Node's reaches it from any depth, and costs nothing where nobody listens.
const unfinished = channel("tunesmith.unfinished-file");

/** Says that an unfinished file is about to be made, or is gone or finished. */
export function tellUnfinished(path: string, exists: boolean): void {
  unfinished.publish({ path, exists } satisfies UnfinishedFile);
}

/** Calls `listener` with what is told in this thread; gives what ends that. */
export function watchUnfinished(listener: (file: UnfinishedFile) => void): () => void {
  const take = (message: unknown): void => listener(message as UnfinishedFile);
  unfinished.subscribe(take);
  return () => void unfinished.unsubscribe(take);
}

/** What a thread has not finished, for whoever ends it from outside. */
export interface UnfinishedFiles {
  /** Takes what the thread tells. */
  note(file: UnfinishedFile): void;
  /** Removes what is there; to be called when the thread has ended, because only then does it write no more. What cannot be removed stays. */
  remove(): void;
}

export function createUnfinishedFiles(): UnfinishedFiles {
  const paths = new Set<string>();
  return {
    note: ({ path, exists }) => void (exists ? paths.add(path) : paths.delete(path)),
    remove() {
      for (const path of paths) {
        try {
          rmSync(path, { recursive: true, force: true });
        } catch {
          // The act has been cancelled already; there is nobody left to be told.
        }
      }
      paths.clear();
    },
  };
}
