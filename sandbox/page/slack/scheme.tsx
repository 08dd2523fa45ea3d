import { useState } from "react";
import { keep, kept } from "./keeping.ts";

const schemes = ["system", "light", "dark"] as const;
type Scheme = (typeof schemes)[number];
const name = "colours";

/** Shows the page in the colours that were chosen last, before anything is drawn. */
export function applyScheme(scheme: Scheme = chosen()): void {
  const { dataset } = document.documentElement;
  if (scheme === "system") delete dataset["scheme"];
  else dataset["scheme"] = scheme;
}

/** Light, dark, or as the system has it. */
export function SchemeSelect() {
  const [scheme, setScheme] = useState(chosen);
  return (
    <label className="scheme">
      Colours
      <select
        value={scheme}
        onChange={({ target }) => {
          const next = schemes.find((one) => one === target.value) ?? "system";
          setScheme(next);
          keep("local", name, next === "system" ? "" : next);
          applyScheme(next);
        }}
      >
        <option value="system">As the system has it</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}

function chosen(): Scheme {
  return schemes.find((one) => one === kept("local", name)) ?? "system";
}
