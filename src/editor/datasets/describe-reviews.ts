import { statusTitles, type ReviewStatus } from "../../dataset/review/status.ts";
import type { PlacedReviews } from "../../workers/review/place-reviews.ts";

/** What reviewers have made of a dataset's records, such as `12 approved, 3 rejected, 85 open`; undefined where nothing was said. */
export function describeReviews(placed: PlacedReviews | undefined): string | undefined {
  if (!placed || (placed.reviewed.length === 0 && placed.gone.length === 0)) return undefined;
  const counts = new Map<ReviewStatus, number>();
  for (const { status } of placed.reviewed) counts.set(status, (counts.get(status) ?? 0) + 1);
  const told = (Object.keys(statusTitles) as ReviewStatus[]).flatMap((status) => (counts.has(status) ? [`${(counts.get(status) ?? 0).toLocaleString("en")} ${statusTitles[status]}`] : []));
  const open = placed.records - placed.reviewed.length;
  return [...told, ...(open > 0 ? [`${open.toLocaleString("en")} open`] : []), ...(placed.gone.length > 0 ? [`${placed.gone.length.toLocaleString("en")} of records that are gone`] : [])].join(", ");
}
