/** What it means for a report that so many records of its test file were corrected and moved to training. */
export function describeMoved(testFile: string, moved: number): string {
  const records = moved === 1 ? "1 record" : `${moved.toLocaleString("en")} records`;
  return `${records} that earlier evaluations had ${moved === 1 ? "was" : "were"} corrected, moved from ${testFile} to training, and ${moved === 1 ? "is" : "are"} not tested any more. They were chosen by what models answered, so what is left may be easier: compare the candidates of this report with one another, and not its shares with those of earlier reports.`;
}
