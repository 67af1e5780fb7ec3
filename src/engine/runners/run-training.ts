import { startPython, type PythonEnd, type PythonScript } from "../python-process.ts";
import { TrainingError } from "./runner.ts";

/** A script that trains: what it is sent first, if anything, and who listens to it. */
export interface TrainingScript extends Omit<PythonScript, "take" | "ended"> {
  readonly request?: object;
  /** Takes a line of its output, as a PythonScript's listener does. What it throws ends the training, and is what that rejects with. */
  readonly take: PythonScript["take"];
  /** Whether all is done, so that an abort comes too late. */
  readonly isDone?: () => boolean;
}

/** Runs a training to the end of its process, which it gives. Rejects with what the listener threw; aborted, it ends the process and rejects with a TrainingError of code `cancelled`. */
export async function runTraining({ request, take, isDone = () => false, ...script }: TrainingScript, signal: AbortSignal): Promise<PythonEnd> {
  let failure: unknown;
  const end = await new Promise<PythonEnd>((ended) => {
    const fail = (error: unknown): void => {
      failure ??= error;
      void child.end();
    };
    const child = startPython({
      ...script,
      take(message, line) {
        if (failure !== undefined) return false;
        try {
          return take(message, line);
        } catch (error) {
          fail(error);
          return true;
        }
      },
      ended(end) {
        signal.removeEventListener("abort", abort);
        ended(end);
      },
    });
    const abort = (): void => {
      if (!isDone()) fail(cancelled());
    };
    signal.addEventListener("abort", abort);
    if (request !== undefined) child.send(request);
  });
  if (failure !== undefined) throw failure;
  return end;
}

export const cancelled = (): TrainingError => new TrainingError("cancelled", "The training was cancelled.");

/** Why a process that ended before the training was done did so. */
export function endedEarly({ killed, complaint }: PythonEnd): TrainingError {
  if (killed) return new TrainingError("out_of_memory", "The system ended the training process, most likely because memory ran out. Use a smaller model, a smaller batch size or shorter records.");
  return new TrainingError("runner_ended", `The training process ended before it was done.${complaint ? ` Its last words:\n${complaint}` : ""}`);
}
