import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isLocalModel } from "../python-process.ts";
import { cancelled, endedEarly, runTraining } from "./run-training.ts";
import type { Runner } from "./runner.ts";
import { trlCommand } from "./trl-command.ts";
import { readTrlLine } from "./trl-log.ts";

/** Trains with TRL in a Python process of its own; what that process says besides goes to `training.log` in the request's output folder. */
export function createTrlRunner({ python, scripts }: { python: string; scripts: string }): Runner {
  return {
    id: "trl",
    async train(request, report, signal) {
      if (signal.aborted) throw cancelled();
      await mkdir(request.output, { recursive: true });
      let done = false;
      const end = await runTraining({
        python, script: join(scripts, "train.py"), log: join(request.output, "training.log"), offline: isLocalModel(request.model), request: trlCommand(request),
        take(message) {
          const event = readTrlLine(message);
          if (!event) return false;
          report(event);
          done ||= event.type === "done";
          return true;
        },
        isDone: () => done,
      }, signal);
      if (!done) throw endedEarly(end);
    },
  };
}
