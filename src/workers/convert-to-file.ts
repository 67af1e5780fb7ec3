import type { Mapping } from "../dataset/convert/mapping.ts";
import { findTargetFormat } from "../dataset/convert/index.ts";
import { convertFile, type ConversionFault } from "./convert-file.ts";
import type { FileProgress } from "./lint-file.ts";

/** What the editor asks to be converted; the target by its id. */
export interface ConversionRequest {
  readonly to: string;
  readonly mapping?: Mapping;
  readonly allowLoss: boolean;
}

/** How a conversion ended, as data for another thread. Where something was refused, nothing was written. */
export interface ConversionResult {
  readonly records: number;
  readonly refused: number;
  readonly onlyLossy: boolean;
  /** The first places that were refused. */
  readonly faults: readonly ConversionFault[];
  readonly losses: readonly (readonly [reason: string, number: number])[];
}

const mostFaults = 1000;

/** Converts a file and puts the result into its place. Rejects with an Error written for the user. */
export async function convertToFile(path: string, { to, mapping, allowLoss }: ConversionRequest, out: string, watch: (progress: FileProgress) => void): Promise<ConversionResult> {
  const target = findTargetFormat(to);
  if (!target) throw new RangeError(`There is no format "${to}".`);
  const faults: ConversionFault[] = [];
  const tell = (fault: ConversionFault): void => {
    if (faults.length < mostFaults) faults.push(fault);
  };
  const { draft, losses, ...counts } = await convertFile(path, { target, allowLoss, ...(mapping ? { mapping } : {}) }, out, tell, watch);
  draft?.publish();
  return { ...counts, faults, losses: [...losses] };
}
