import type { SandboxUser } from "#sandbox/protocol.ts";

/** A person's zone as a user object has it; `at` decides between summer and winter. */
export function timeZoneOf(
  { timeZone = "Etc/UTC" }: SandboxUser,
  at: string,
): { tz: string; tz_label: string; tz_offset: number } {
  const offset = nameOf(timeZone, "longOffset", at);
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const seconds = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60;
  return {
    tz: timeZone,
    tz_label: nameOf(timeZone, "long", at),
    tz_offset: sign === "-" ? -seconds : seconds,
  };
}

function nameOf(timeZone: string, timeZoneName: "long" | "longOffset", at: string): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName }).formatToParts(
    new Date(at),
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
