import type { Choice, Hyperparameter, HyperparameterValue, MethodTuning } from "../tuning.ts";
import { spellings, type Meaning, type Spelling } from "./spellings.ts";

/** What becomes of hyperparameters at another service. */
export interface MappedParameters {
  readonly hyperparameters: Readonly<Record<string, HyperparameterValue>>;
  /** Those that were taken over, as words: `n_epochs 3 → epochs 3`. */
  readonly kept: readonly string[];
  /** Those that were not, with the reason. */
  readonly dropped: readonly string[];
}

type Values = Readonly<Record<string, HyperparameterValue>>;

/** A value by its meaning, with where it came from. A rate is told as it was: as a multiple of what is usual, or itself. */
interface Meant {
  readonly value: HyperparameterValue;
  readonly relative: boolean;
  readonly from: string;
}

/**
 * Takes hyperparameters from one service's method to the same method of another, by what they mean. Numbers beyond what the other takes are brought to its
 * bound, and told. A multiple of the learning rate becomes as many times the other's usual rate, and the other way round: the rates behind multiples are not
 * told by anybody, so that is what both sides have. What is left out is the other service's own choice.
 */
export function mapParameters(values: Values, source: MethodTuning | undefined, target: MethodTuning): MappedParameters {
  const meant = new Map<Meaning, Meant>();
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    // The service's own choice stays one.
    if (value === "auto") continue;
    const spelling = spellings[name];
    const read = spelling && (spelling.read ? spelling.read(value) : value);
    if (!spelling || read === undefined || (typeof read === "number" && !Number.isFinite(read))) dropped.push(`${name} ${String(value)}: no counterpart`);
    else meant.set(spelling.meaning, { value: read, relative: spelling.relative === true, from: `${name} ${String(value)}` });
  }
  gatherBatch(meant, target);

  const hyperparameters: Record<string, HyperparameterValue> = {};
  const kept: string[] = [];
  for (const [meaning, each] of meant) {
    const offered = offeredFor(meaning, target);
    const fitted = offered && fit(each, offered, source, target);
    if (!offered || !fitted) dropped.push(`${each.from}: ${offered ? "it does not tell what that comes to there" : "no counterpart"}`);
    else {
      hyperparameters[offered.name] = fitted.value;
      kept.push(`${each.from} → ${offered.name} ${String(fitted.value)}${fitted.note === undefined ? "" : ` (${fitted.note})`}`);
    }
  }
  return { hyperparameters, kept, dropped };
}

/** A step learns from a batch times the batches that it gathers; where the other service has no gathering, the product is its batch. */
function gatherBatch(meant: Map<Meaning, Meant>, target: MethodTuning): void {
  const [batch, gathered] = [meant.get("batch"), meant.get("accumulation")];
  if (!batch || !gathered || offeredFor("accumulation", target)) return;
  meant.delete("accumulation");
  meant.set("batch", { ...batch, value: Number(batch.value) * Number(gathered.value), from: `${batch.from} × ${gathered.from}` });
}

interface Offered {
  readonly name: string;
  readonly spelling: Spelling;
  readonly number?: Hyperparameter;
  readonly choice?: Choice;
}

function offeredFor(meaning: Meaning, { hyperparameters, choices }: MethodTuning): Offered | undefined {
  for (const number of hyperparameters) {
    const spelling = spellings[number.name];
    if (spelling?.meaning === meaning) return { name: number.name, spelling, number };
  }
  for (const choice of choices) {
    const spelling = spellings[choice.name];
    if (spelling?.meaning === meaning) return { name: choice.name, spelling, choice };
  }
  return undefined;
}

function fit({ value, relative }: Meant, { spelling, number, choice }: Offered, source: MethodTuning | undefined, target: MethodTuning): { readonly value: HyperparameterValue; readonly note?: string } | undefined {
  const rated: { readonly value: HyperparameterValue; readonly note?: string } | undefined = spelling.meaning === "rate" && relative !== (spelling.relative === true) ? otherRate(value, relative, source, target) : { value };
  if (rated === undefined) return undefined;
  const written = spelling.write ? spelling.write(rated.value) : rated.value;
  if (written === undefined) return undefined;
  if (choice) return choice.values.includes(written as string | boolean) || (choice.open && typeof written === "string") ? { value: written } : undefined;
  if (!number || typeof written !== "number") return undefined;
  const within = Math.min(number.maximum, Math.max(number.minimum, number.whole ? Math.round(written) : written));
  const notes = [rated.note, within === written ? undefined : `${written} is beyond what it takes`].filter((note) => note !== undefined);
  return { value: within, ...(notes.length === 0 ? {} : { note: notes.join("; ") }) };
}

function otherRate(value: HyperparameterValue, relative: boolean, source: MethodTuning | undefined, target: MethodTuning): { readonly value: number; readonly note: string } | undefined {
  const usual = usualRate(relative ? target : source);
  if (usual === undefined || typeof value !== "number") return undefined;
  // More digits would be those of the binary fraction.
  const rate = Number((relative ? value * usual : value / usual).toPrecision(6));
  return { value: rate, note: relative ? `${value} times its usual ${usual}` : `${rate} times the usual ${usual}` };
}

function usualRate(tuning: MethodTuning | undefined): number | undefined {
  return tuning?.hyperparameters.find(({ name }) => spellings[name]?.meaning === "rate")?.usualNumber;
}
