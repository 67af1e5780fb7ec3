import * as z from "zod";
import { targets } from "../../dataset/targets/index.ts";

const unique = <Name extends string>(names: readonly Name[]): Name[] => [...new Set(names)].sort();
const file = (description: string) => z.string().min(1).meta({ description: `${description} A path, relative to this file's folder.` });

/** What a `*.finetune.jsonc` may say: one fine-tuning, so that it can be reviewed, repeated and compared. Services and clusters are named, never addressed. */
export const launchFileSchema = z.strictObject({
  $schema: z.string().optional().meta({ description: "Where an editor finds the schema of this file." }),
  service: z.string().min(1).meta({ description: "Where it trains: `local` for the engine on this machine, else a service by the name that it has in the user's settings. Never an address." }),
  model: z.string().min(1).meta({ description: "The base model, as the service knows it." }),
  data: z.strictObject({
    training: file("The dataset to learn from."),
    validation: file("The dataset that the loss is measured on during the training, and that is not learned.").optional(),
    split: z.strictObject({
      validation: z.number().gt(0).lt(1).meta({ description: "The share of the records, between 0 and 1. Records that are the same stay together." }),
      seed: z.int().min(0).max(2 ** 31 - 1).optional().meta({ description: "Another seed keeps other records back. Without it: 0." }),
    }).optional().meta({ description: "Instead of a validation file: keeps some records of the training file back for validation." }),
  }).meta({ description: "The datasets." }),
  method: z.enum(unique(targets.map(({ method }) => method))).optional().meta({ description: "How it learns: `sft` from answers, `dpo` from preferred and rejected answers, `rft` from a grader's rewards. Without it: sft." }),
  target: z.enum(unique(targets.map(({ id }) => id))).optional().meta({ description: "Whose rules the datasets are checked by. Without it: those of the service." }),
  hyperparameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).optional().meta({ description: "What the service leaves to choose; hover a name to see what it does and its range. What is left out, or \"auto\", is the service's own choice." }),
  grader: z.record(z.string(), z.unknown()).optional().meta({ description: "For the method `rft`: what gives the rewards, in the form of the service." }),
  suffix: z.string().min(1).max(64).optional().meta({ description: "A name for the tuned model, which becomes part of its id." }),
  seed: z.int().min(0).max(2 ** 31 - 1).optional().meta({ description: "With the same seed, data and machine the training gives the same model, where the service can." }),
  integrations: z.array(z.strictObject({
    type: z.literal("wandb"),
    project: z.string().min(1).meta({ description: "The project of Weights & Biases that the metrics go to." }),
    name: z.string().min(1).optional().meta({ description: "The name of the run there." }),
    entity: z.string().min(1).optional().meta({ description: "The team or user there." }),
    tags: z.array(z.string().min(1).max(64)).max(50).optional(),
  })).max(5).optional().meta({ description: "Where the service sends metrics besides. The keys for that are stored at the service, never here." }),
  compute: z.object({
    cluster: z.string().min(1).optional().meta({ description: "A Ray cluster by the name that it has in the user's settings. Without it: this machine. Never an address." }),
    gpus: z.number().min(0).max(1024).optional().meta({ description: "Graphics cards of each node." }),
    cpus: z.number().min(0).max(4096).optional().meta({ description: "Processor cores of each node." }),
    nodes: z.int().min(1).max(1024).optional().meta({ description: "Machines that train together. Without it: 1." }),
  }).catchall(z.union([z.string(), z.number()])).optional().meta({ description: "On what it trains, where the service lets one choose: for `local` this machine or a Ray cluster; hover a name to see what it does and its range." }),
  evaluation: z.strictObject({
    test: file("The records that base and tuned model answer. None of them may be in the training file."),
  }).optional().meta({ description: "What is evaluated once the job has succeeded." }),
});

/** A `*.finetune.jsonc` as it was read. */
export type LaunchFile = z.infer<typeof launchFileSchema>;

/** The JSON Schema that editors complete launch files by. */
export function launchFileJsonSchema(): object {
  return { ...z.toJSONSchema(launchFileSchema, { target: "draft-7", io: "input" }), title: "One fine-tuning with Tunesmith", allowComments: true, allowTrailingCommas: true };
}
