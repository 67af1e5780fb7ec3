import type * as z from "zod";
import type { Likelihood } from "../model.ts";

/** What of a record some metrics need besides its reference. */
export interface Asked {
  /** The tools that the record declares, as OpenAI's chat format writes them. */
  readonly tools?: readonly unknown[] | undefined;
  /** How likely the model finds the reference, where its service told it. */
  readonly likelihood?: Likelihood | undefined;
}

/** A way to judge an answer by the reference. An answer or a reference that calls tools is written as `writeCalls` does. */
export interface Metric {
  /** Names it in reports, so that it can be made again: of one with parameters also these, as `parameterised` writes them. */
  readonly id: string;
  readonly title: string;
  /** What counts as right or what is scored, for the user. */
  readonly explanation: string;
  /** Whether it tells right (1) from wrong (0), or gives a score from 0 to 1. */
  readonly kind: "pass-fail" | "score";
  /** Whether it measures by `Asked.likelihood`, which is then asked for besides the answer. */
  readonly needsLikelihood?: true;
  /** NaN where something that it needs is not known. */
  measure(answer: string, reference: string, asked?: Asked): number;
  /** Why the metric is undefined for records with this reference, whatever the answer; undefined where it is not. Such records are left out with the reason. */
  unsuited?(reference: string, asked?: Asked): string | undefined;
}

/** Something that parameters say and that cannot be, at a key of theirs. */
export interface ParameterFault {
  readonly key: string;
  readonly message: string;
}

/** Metrics that differ in parameters only. */
export interface ParameterisedMetric {
  readonly id: string;
  /** What it judges, for who writes its parameters. */
  readonly explanation: string;
  /** What may be written, `metric` among it. */
  readonly schema: z.ZodObject;
  /** The parameter that may name a JSON file, which whoever reads files puts in its place before `create`. */
  readonly file?: string;
  /** What no schema can say of parameters that the schema took; a parameter that names a file is not looked at. */
  faults(parameters: unknown): readonly ParameterFault[];
  /** The metric; undefined where the parameters have a fault, or a file is not in its place yet. */
  create(parameters: unknown): Metric | undefined;
}
