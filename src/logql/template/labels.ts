/** The labels as templates see them. */
export class Labels extends Map<string, string> {}
