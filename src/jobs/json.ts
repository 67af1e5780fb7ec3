/** A value that JSON can hold: what a ledger keeps of things that only a provider understands. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
