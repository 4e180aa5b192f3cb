const URL_IN_TEXT = /h(?:tt|xx)p(s?):\/\/([^\s/?#\\"'<>]*)/giu

/**
 * The text with every URL made dead: `https://sns.example/a` → `hxxps://sns[.]example/a`. Nothing makes
 * a link of it, and nobody opens it by a slip (law 11).
 */
export function defang(text: string): string {
  return text.replace(
    URL_IN_TEXT,
    (_, secure: string, host: string) =>
      `hxxp${secure.toLowerCase()}://${host.replaceAll(/(?<!\[)\./g, '[.]')}`,
  )
}

/** Every text inside a JSON value, defanged. */
export function defangDeep(value: unknown): unknown {
  if (typeof value === 'string') return defang(value)
  if (Array.isArray(value)) return value.map(defangDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, defangDeep(each)]))
}
