/** A value that is expected to fail sometimes: `Ok` carries what was asked for, `Err` why not. */
export type Result<Value, Failure> = Ok<Value> | Err<Failure>;
export interface Ok<Value> {
  readonly ok: true;
  readonly value: Value;
}
export interface Err<Failure> {
  readonly ok: false;
  readonly error: Failure;
}

/** What was asked for. */
export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value };
}

/** Why it was not. */
export function err<Failure>(error: Failure): Err<Failure> {
  return { ok: false, error };
}
