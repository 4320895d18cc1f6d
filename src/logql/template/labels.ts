/** The labels as templates see them: a name they lack is the empty text, by `.name` and by `index`. */
export class Labels extends Map<string, string> {
  override get(name: string): string {
    return super.get(name) ?? "";
  }
}
