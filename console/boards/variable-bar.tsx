import type { JSX } from "preact";
import { allValue } from "../grafana/variable.ts";
import type { Navigation } from "../route/use-route.ts";
import { Choice } from "../ui/choice.tsx";
import type { Variable } from "./load-variables.ts";

export function VariableBar({
  variables,
  navigation,
}: {
  readonly variables: readonly Variable[];
  readonly navigation: Navigation;
}): JSX.Element {
  const shown = variables.filter(
    ({ model }) =>
      Number(model.hide ?? 0) !== 2 &&
      model.hide !== "hideVariable" &&
      model.type !== "constant" &&
      model.type !== "datasource",
  );
  return (
    <div class="bar">
      {shown.map(({ model, options, chosen }) => {
        const label = model.label || model.name;
        const change = (values: readonly string[]): void =>
          navigation.change({ [`var-${model.name}`]: values });
        if (model.type === "textbox") {
          return (
            <label key={model.name} class="textbox" title={model.description ?? ""}>
              {label}
              <input
                class="field"
                value={chosen[0] ?? ""}
                onChange={(event) => change([event.currentTarget.value])}
                spellcheck={false}
              />
            </label>
          );
        }
        const all = model.includeAll ? { all: { text: "All", value: allValue } } : {};
        return (
          <Choice
            key={model.name}
            label={label}
            options={options}
            chosen={chosen}
            multi={model.multi === true}
            {...all}
            onChange={change}
          />
        );
      })}
    </div>
  );
}
