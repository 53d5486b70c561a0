/** One measured thing. */
export interface Metric {
  /** In Prometheus's style: lower case with underscores, the unit last, `_total` for counters. */
  name: string;
  help: string;
  type: "counter" | "gauge";
  /** Its value, or one for each label. */
  read(): number | Sample[] | Promise<number | Sample[]>;
}

/** One value. Labels come from fixed lists; they never name a person or a place. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}
