const MAX_LENGTH = 80
/** What a provision never has, and an address, a locator or a sentence may. */
const NO_PROVISION = /[@\\]|:\/\/|\/\/|www\.|[a-z0-9-]\.[a-z]{2,}|[。！？!?]/iu

/**
 * A provision as a sender cites it, as a table may name it: written one way, or `other` for words that
 * aren't the name of one. Nothing of a target gets into a table by this door (law 11).
 */
export function statableProvision(cited: string): string {
  const text = cited.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
  return text === '' || text.length > MAX_LENGTH || NO_PROVISION.test(text) ? 'other' : text
}
