/** What OpenAI aims at. */
export const targetEpochs = 3;
const fewestExamples = 100;
const mostExamples = 25_000;
const mostEpochs = 25;

/**
 * The number of epochs that "auto" means for a file of so many records: 3, and more or fewer where 3 would show the model too few or too
 * many examples. Source: the OpenAI Cookbook, examples/Chat_finetuning_data_prep.ipynb.
 */
export function defaultEpochs(records: number): number {
  if (records * targetEpochs < fewestExamples) return Math.min(mostEpochs, Math.floor(fewestExamples / records));
  if (records * targetEpochs > mostExamples) return Math.max(1, Math.floor(mostExamples / records));
  return targetEpochs;
}
