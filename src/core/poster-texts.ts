import type { PosterText } from './poster-notice.ts'
import {
  answered,
  asked,
  care,
  objection,
  onClause,
  onWhat,
  reference,
  replies,
  requestImproper,
  requestNoted,
  standsOnClause,
  taken,
  takenWithCare,
  undone,
  wasPostponed,
  whoDecided,
  words,
  type Paragraph,
  type PosterTextQuery,
} from './poster-paragraphs.ts'
import type { PosterStatement } from './poster-statement.ts'
import type { Bilingual } from './vocabulary.ts'

const text = (ja: string, en: string): Bilingual => ({ ja, en })

/** The words that a poster gets: the one table of templates behind every poster's notice. */
export function posterText(query: PosterTextQuery): PosterText {
  const { statement } = query
  const { title, paragraphs } = TEMPLATES[templateOf(statement)]
  const said = paragraphs.map((paragraph) => paragraph(query)).filter((one) => one !== null)
  return {
    title: title(query),
    body: {
      ja: said.map(({ ja }) => ja).join('\n\n'),
      en: said.map(({ en }) => en).join('\n\n'),
    },
  }
}

type Template = PosterStatement['kind'] | 'help_first'

function templateOf({ kind, care }: PosterStatement): Template {
  return care === 'help_first' && kind === 'measures' ? 'help_first' : kind
}

const END = [wasPostponed, reference] as const

const TEMPLATES: Readonly<
  Record<Template, { readonly title: (query: PosterTextQuery) => Bilingual } & Body>
> = {
  measures: {
    title: ({ statement }) => {
      const on = onWhat(statement)
      return text(`あなたの${on.ja}に対する措置のお知らせ`, `A measure on your ${on.en}`)
    },
    paragraphs: [taken, onClause, whoDecided, asked, objection, requestImproper, ...END],
  },
  help_first: {
    title: ({ platformName }) =>
      text(`${platformName}からの大切なお知らせ`, `A message to you from ${platformName}`),
    paragraphs: [
      care,
      takenWithCare,
      onClause,
      whoDecided,
      asked,
      replies,
      requestImproper,
      ...END,
    ],
  },
  restored: {
    title: ({ statement }) => {
      const on = onWhat(statement)
      return text(
        `あなたの${on.ja}に対する措置の取消しのお知らせ`,
        `A measure on your ${on.en} was taken back`,
      )
    },
    paragraphs: [care, undone, ...END],
  },
  appeal_answer: {
    title: () => text('異議の申出への回答', 'Answer to your objection'),
    paragraphs: [care, answered, words, standsOnClause, requestNoted, ...END],
  },
}

interface Body {
  readonly paragraphs: readonly Paragraph[]
}
