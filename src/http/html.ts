/** HTML that was made here; everything else that goes into it is text. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | readonly Html[]

/** Writes markup; what is put into it is escaped unless it is markup that was written the same way. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const texts = parts.map(textOf)
  return new Html(strings.map((string, at) => `${string}${texts[at] ?? ''}`).join(''))
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(({ text }) => text).join('')
  return escapeHtml(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
}

/** A link to a page of the platform's own, by https; anything else is text. */
export function link(url: string, text: string): Html {
  return url.startsWith('https://')
    ? html`<a href="${url}" rel="noreferrer">${text}</a>`
    : html`${text}`
}
