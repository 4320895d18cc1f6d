import "uplot/dist/uPlot.min.css";
import "./app/theme.css";
import "./app/shell.css";
import "./app/logs.css";
import "./app/panels.css";
import { render } from "preact";
import { App } from "./app/app.tsx";
import { readTheme } from "./ui/theme.ts";

document.documentElement.dataset["theme"] = readTheme();
const root = document.getElementById("app");
if (root) render(<App />, root);
