import { describeBatch } from "../../evaluation/batch/describe-batch.ts";
import { remainingTime } from "../../evaluation/remaining-time.ts";
import type { Progress } from "../../evaluation/run.ts";
import { span } from "../../jobs/describe-job.ts";
import type { Show } from "../with-progress.ts";

/** Shows how far an evaluation has come, and how long it still takes. */
export function showProgress(show: Show): (progress: Progress) => void {
  let first: { readonly progress: Progress; readonly at: number } | undefined;
  let shown = 0;
  return (progress) => {
    const { candidate, answered, failed, total, batch, counted } = progress;
    if (batch) return show({ message: `${candidate}, ${describeBatch(batch)}` });
    // What is counted anew has a pace of its own.
    if (first && first.progress.counted !== counted) [first, shown] = [undefined, 0];
    first ??= { progress, at: Date.now() };
    const done = answered + failed;
    const remaining = remainingTime(first.progress, progress, Date.now() - first.at);
    const left = remaining === undefined || done === total ? "" : `, about ${span(remaining)} left`;
    show({ message: `${candidate}, ${done} of ${total} ${counted ?? "answers"}${failed > 0 ? `, ${failed} failed` : ""}${left}`, increment: ((done - shown) * 100) / total });
    shown = done;
  };
}
