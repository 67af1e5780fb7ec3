/** What is known of a service's batches before it is opened. */
export interface BatchOffer {
  /** Left out where nobody knows it. */
  readonly price?: {
    /** Of what the same questions cost one by one. */
    readonly share: number;
    /** Whether that holds for every model, or for those that the service names. */
    readonly models: "all" | "some";
    /** Where it stands, and the day it was read (YYYY-MM-DD). */
    readonly source: string;
    readonly dated: string;
  };
}
