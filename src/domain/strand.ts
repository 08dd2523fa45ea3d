/** One failure mechanism with its own window and slice; attribution is per strand (B3). */
export interface Strand {
  /** Counts from 1 within the incident. People see "strand 1"; machines see `S1`. */
  number: number;
  name: string;
  windowFrom: Date | null;
  windowTo: Date | null;
  slice: Slice;
}

/** Dimension to value, for example `{region: "eu-1"}`; empty stands for the whole strand. */
export type Slice = Readonly<Record<string, string>>;
