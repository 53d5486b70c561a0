/** A line that was not run: what it asked for, why that is not possible here, and the card that tells more. */
export class LineRefusal extends Error {
  /** The id of a concept card. */
  readonly concept: string | undefined;

  constructor(message: string, concept?: string) {
    super(message);
    this.name = "LineRefusal";
    this.concept = concept;
  }
}
