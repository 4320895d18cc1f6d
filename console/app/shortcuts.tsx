import type { JSX } from "preact";
import type { DashboardEntry } from "../api/console-files.ts";
import type { Navigation } from "../route/use-route.ts";
import { Dialog } from "../ui/dialog.tsx";
import type { Shortcut } from "../ui/use-shortcuts.ts";

export interface ShortcutActions {
  readonly navigation: Navigation;
  readonly dashboards: readonly DashboardEntry[];
  readonly refresh: () => void;
  readonly toggleTheme: () => void;
  readonly showHelp: () => void;
}

export function shortcutsOf({
  navigation,
  dashboards,
  refresh,
  toggleTheme,
  showHelp,
}: ShortcutActions): readonly Shortcut[] {
  const { go, change, parameters } = navigation;
  return [
    { keys: "?", text: "These keys", run: showHelp },
    { keys: "g l", text: "Logs", run: () => go("/logs") },
    { keys: "g a", text: "Alerts", run: () => go("/alerts") },
    ...dashboards
      .slice(0, 9)
      .map(({ uid, title }, index) => ({ keys: `g ${index + 1}`, text: title, run: () => go(`/d/${uid}`) })),
    {
      keys: "/",
      text: "Search in lines",
      run: () => document.querySelector<HTMLInputElement>("input.search")?.focus(),
    },
    {
      keys: "l",
      text: "Follow new lines",
      run: () => change({ live: parameters.get("live") === "1" ? undefined : "1" }),
    },
    { keys: "r", text: "Refresh", run: refresh },
    { keys: "t", text: "Light or dark", run: toggleTheme },
  ];
}

export function Shortcuts({
  shortcuts,
  onClose,
}: {
  readonly shortcuts: readonly Shortcut[];
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {shortcuts.map(({ keys, text }) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>↑</kbd>
            <kbd>↓</kbd>
          </dt>
          <dd>Through the lines of a list</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>Close what is open</dd>
        </div>
      </dl>
    </Dialog>
  );
}
