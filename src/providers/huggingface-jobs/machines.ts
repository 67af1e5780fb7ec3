import * as z from "zod";
import type { Machine } from "../../jobs/machine.ts";
import type { Price } from "../../jobs/price.ts";
import { given } from "../wire/given.ts";

const text = z.string().min(1).optional().catch(undefined);
const machine = z.object({
  name: z.string().min(1), prettyName: text, cpu: text, ram: text, unitCostUSD: z.number().optional().catch(undefined), unitCostMicroUSD: z.number().optional().catch(undefined), unitLabel: text,
  accelerator: z.object({ model: text, quantity: z.union([z.string(), z.number()]).optional().catch(undefined), vram: text }).nullish().catch(undefined),
});
const hours: Readonly<Record<string, number>> = { second: 3600, minute: 60, hour: 1 };

/** Reads the list of machines, the cheapest first; undefined when the answer is none. Source: Hugging Face's client, `JobHardwareInfo`. */
export function toMachines(answer: unknown): readonly Machine[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const machines = answer.flatMap((each): Machine[] => {
    const read = machine.safeParse(each);
    if (!read.success) return [];
    const { name: id, prettyName, cpu, ram, accelerator } = read.data;
    const cards = accelerator ? [accelerator.quantity, accelerator.model, accelerator.vram].filter((part) => part !== undefined).join(" ") : "no graphics card";
    return [given({ id, title: prettyName ?? id, detail: [cpu, ram, cards].filter((part) => part !== undefined).join(", "), pricePerHour: toPrice(read.data) })];
  });
  return machines.sort((one, other) => (one.pricePerHour?.amount ?? Infinity) - (other.pricePerHour?.amount ?? Infinity));
}

function toPrice({ unitCostUSD, unitCostMicroUSD, unitLabel }: z.infer<typeof machine>): Price | undefined {
  const perUnit = unitCostUSD ?? (unitCostMicroUSD === undefined ? undefined : unitCostMicroUSD / 1e6);
  const units = hours[unitLabel ?? ""];
  return perUnit === undefined || units === undefined ? undefined : { amount: perUnit * units, currency: "USD" };
}
