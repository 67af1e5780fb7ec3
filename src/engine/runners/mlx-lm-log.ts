/** What a line of mlx-lm's output tells. Steps are counted from the beginning of this call. */
export type MlxLmLine =
  | { readonly type: "stage"; readonly stage: string }
  | { readonly type: "step"; readonly step: number; readonly loss: number; readonly tokensPerSecond: number; readonly tokens: number }
  | { readonly type: "validation"; readonly step: number; readonly loss: number }
  /** `file` is the name of the weights in the adapter folder. */
  | { readonly type: "saved"; readonly step: number; readonly file: string };

const stages: readonly (readonly [start: string, stage: string])[] = [
  ["Loading pretrained model", "loading the model"],
  ["Loading datasets", "reading the records"],
  ["Training", "training"],
];
// Colours, and the movements of a progress bar that is drawn anew.
const escapes = /\u001B\[[0-9;?]*[A-Za-z]/g;
const number = "(nan|inf|-?[\\d.,]+)";
const step = new RegExp(`^(\\d[\\d,]*)\\s+${number} [▼▲]\\s+${number}\\s+([\\d.,]+)k$`);
const validation = new RegExp(`^(\\d[\\d,]*)\\s+val\\s+${number}\\s+[\\d.]+s$`);
const saved = /^save\s+((\d+)_adapters\.safetensors)$/;

/**
 * Reads a line of what `mlx_lm lora` prints where no terminal listens; undefined for what tells no progress. The loss may be NaN.
 * Source: mlx_lm/cli_ui.py of mlx-lm 0.32, `TrainUI`.
 */
export function readMlxLmLine(line: string): MlxLmLine | undefined {
  const text = (line.split("\r").at(-1) ?? "").replaceAll(escapes, "").trim();
  const stage = stages.find(([start]) => text === start)?.[1];
  if (stage !== undefined) return { type: "stage", stage };
  const trained = step.exec(text);
  if (trained) return { type: "step", step: toNumber(trained[1]), loss: toNumber(trained[2]), tokensPerSecond: toNumber(trained[3]), tokens: Math.round(toNumber(trained[4]) * 1000) };
  const measured = validation.exec(text);
  if (measured) return { type: "validation", step: toNumber(measured[1]), loss: toNumber(measured[2]) };
  const kept = saved.exec(text);
  return kept ? { type: "saved", step: toNumber(kept[2]), file: kept[1] ?? "" } : undefined;
}

function toNumber(text = ""): number {
  return text === "inf" ? Infinity : Number(text.replaceAll(",", ""));
}
