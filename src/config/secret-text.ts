/** A text that neither JSON nor an inspection gives away. */
export class SecretText {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  reveal(): string {
    return this.#text
  }
}
