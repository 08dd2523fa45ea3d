import { createRoot } from "react-dom/client";
import "./tokens.css";
import { App } from "./app.tsx";
import { go } from "./live/address.ts";
import { kept } from "./slack/keeping.ts";
import { applyScheme } from "./slack/scheme.tsx";

applyScheme();
// whoever has never been here begins with the tour
if (location.hash === "" && kept("local", "toured") === undefined) go({ pane: "tour" }, true);
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
