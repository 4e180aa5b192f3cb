import { ACTION_KINDS } from './action-kind.ts'
import type { PosterMeasure, PosterStatement, PromptedBy } from './poster-statement.ts'
import { formatTimeEnglish, formatTimeJapanese } from './time.ts'
import type { Bilingual, Lang } from './vocabulary.ts'

export interface PosterTextQuery {
  readonly statement: PosterStatement
  readonly platformName: string
  /** Of the desk; named where the platform names no other way to object. */
  readonly contact: string
  /** お知らせ番号; `null` while nothing is recorded yet. */
  readonly reference: string | null
}

/** One part of a text; `null` where there is nothing to say. */
export type Paragraph = (query: PosterTextQuery) => Bilingual | null

const text = (ja: string, en: string): Bilingual => ({ ja, en })

export const onWhat = ({ measures }: PosterStatement): Bilingual => {
  const scopes = new Set(measures.map(({ scope }) => scope))
  if (scopes.size > 1) return text('投稿及びアカウント', 'post and account')
  return scopes.has('account') ? text('アカウント', 'account') : text('投稿', 'post')
}

const list = (measures: readonly PosterMeasure[], lang: Lang): string =>
  measures.map((measure) => line(measure, lang)).join('\n')

/** 措置・対象地域・期間: what has a place or an end says so, also where it is everywhere or none. */
function line(measure: PosterMeasure, lang: Lang): string {
  const { kind, at, territory, endsAt, interim, scope } = measure
  const { label, reversible } = ACTION_KINDS[kind]
  const terms: Bilingual[] = interim ? [text('暫定措置', 'interim')] : []
  const from = text(formatTimeJapanese(at), formatTimeEnglish(at))
  terms.push(reversible ? text(`${from.ja}から`, `from ${from.en}`) : from)
  if (reversible && scope === 'item') terms.push(place(territory))
  if (reversible) terms.push(until(endsAt))
  const said = terms.map((term) => term[lang]).join(lang === 'ja' ? '、' : ', ')
  return lang === 'ja' ? `・${label.ja}（${said}）` : `- ${label.en} (${said})`
}

function until(endsAt: number | null): Bilingual {
  return endsAt === null
    ? text('期間の定めなし', 'for no set time')
    : text(`${formatTimeJapanese(endsAt)}まで`, `until ${formatTimeEnglish(endsAt)}`)
}

/** Japan by its name, others by their code. */
function place(territory: readonly string[] | null): Bilingual {
  if (territory === null) return text('対象地域: 全域', 'everywhere')
  const ja = territory.map((one) => (one === 'JP' ? '日本' : one)).join('・')
  const en = territory.map((one) => (one === 'JP' ? 'Japan' : one)).join(', ')
  return text(`対象地域: ${ja}`, `in ${en}`)
}

/** What was undone has neither place nor end any more. */
const undoneList = (measures: readonly PosterMeasure[], lang: Lang): string =>
  measures
    .map(({ kind, at }) => {
      const label = ACTION_KINDS[kind].label[lang]
      return lang === 'ja'
        ? `・${label}（${formatTimeJapanese(at)}に取消し）`
        : `- ${label} (taken back ${formatTimeEnglish(at)})`
    })
    .join('\n')

const these = ({ measures }: PosterStatement): string =>
  measures.length === 1 ? 'this measure' : 'these measures'

export const taken: Paragraph = ({ statement, platformName }) => {
  const on = onWhat(statement)
  return text(
    `${platformName}は、あなたの${on.ja}に対して、次の措置を行いました。\n${list(statement.measures, 'ja')}`,
    `${platformName} has taken ${these(statement)} on your ${on.en}:\n${list(statement.measures, 'en')}`,
  )
}

export const undone: Paragraph = ({ statement, platformName }) => {
  const on = onWhat(statement)
  return text(
    `${platformName}は、あなたの${on.ja}に対して行った次の措置を取り消し、元の状態に戻しました。\n${undoneList(statement.measures, 'ja')}`,
    `${platformName} has taken back ${these(statement)} on your ${on.en} and restored the earlier state:\n${undoneList(statement.measures, 'en')}`,
  )
}

/** The fact with its reason, and the link to the standard (情プラ法27条). */
export const onClause: Paragraph = ({ statement: { ground, care: kind } }) => {
  if (ground === null) return null
  const { title, clause, clauseTitle, link } = ground
  const at = link === null ? '' : `\n${link}`
  return text(
    `この${kind === 'plain' ? '措置' : '対応'}は、当社が公表している「${title.ja}」${clause}（${clauseTitle.ja}）に基づくものです。${at}`,
    `It rests on clause ${clause} (${clauseTitle.en}) of our published "${title.en}".${at}`,
  )
}

export const whoDecided: Paragraph = ({ statement: { automated, people } }) => {
  if (automated)
    return text(
      '当社があらかじめ採択した方針により、自動的に行いました。',
      'It was taken automatically, under a policy that we had adopted before.',
    )
  return people > 1
    ? text(
        '当社の複数の担当者が判断しました。自動的な判断ではありません。',
        'Several people of ours decided on it; it was not automatic.',
      )
    : text(
        '当社の担当者が判断しました。自動的な判断ではありません。',
        'A person of ours decided on it; it was not automatic.',
      )
}

export const asked: Paragraph = ({ statement: { promptedBy } }) => {
  if (promptedBy.length === 0)
    return text(
      '当社が自ら投稿を確認し、自らの基準により判断しています。',
      'We came across it ourselves and decided under our own standards.',
    )
  if (promptedBy.some(({ kind }) => kind === 'law'))
    return text(
      '法令に基づく手続を受けて行いました。',
      'It was taken following a procedure laid down by law.',
    )
  const sentences = promptedBy.map(askedBy)
  return text(
    `${sentences.map(({ ja }) => ja).join('')}応じるかどうかは任意であり、措置の要否と内容は、当社が自らの基準により判断しています。`,
    `${sentences.map(({ en }) => en).join(' ')} Following such a request is voluntary; we decided under our own standards whether and how to act.`,
  )
}

function askedBy(one: PromptedBy): Bilingual {
  if (one.kind === 'agency') {
    const { ja, en } = agencyOf(one)
    return text(`${ja}から要請がありました。`, `We had a request from ${en}.`)
  }
  const { name, commissionedBy } = one
  if (name === null)
    return text(
      '外部の団体から依頼がありました。',
      'We had a request from an outside organisation.',
    )
  return commissionedBy === null
    ? text(`${name}から依頼がありました。`, `We had a request from ${name}.`)
    : text(
        `${name}（${commissionedBy}の委託・認証を受けた団体）から依頼がありました。`,
        `We had a request from ${name}, which is commissioned by ${commissionedBy}.`,
      )
}

function agencyOf({ name }: PromptedBy): Bilingual {
  return name === null ? text('行政機関', 'a public agency') : text(name, name)
}

function howToObject({ statement: { objection }, contact }: PosterTextQuery): Bilingual {
  const { how, link } = objection
  const at = link === null ? text('', '') : text(`（${link}）`, ` (${link})`)
  const way = how ?? text(`当社の窓口（${contact}）へのご連絡`, `writing to us (${contact})`)
  return text(`${way.ja}${at.ja}`, `${way.en}${at.en}`)
}

export const objection: Paragraph = (query) => {
  const how = howToObject(query)
  return text(
    `異議があるときは、${how.ja}により、異議の申出ができます。この判断に関わっていない担当者が、改めて検討します。`,
    `If you object, you can say so by ${how.en}. Somebody who took no part in this decision will look at it again.`,
  )
}

/** 要請が適切でないとの申出 (M-18): beside an objection to the measure, to the platform and to the agency. */
export const requestImproper: Paragraph = ({ statement: { promptedBy } }) => {
  const agencies = promptedBy.filter(({ kind }) => kind === 'agency')
  if (agencies.length === 0) return null
  const said = agencies.map((one) => {
    const { contact } = one
    const { ja, en } = agencyOf(one)
    return text(
      `${ja}の要請そのものが適切でないとお考えのときは、その旨もお申し出いただけます。${contact === null ? '' : `${ja}の公開の連絡先: ${contact}`}`,
      `If you think that the request of ${en} was improper in itself, you can say that too.${contact === null ? '' : ` Its public contact: ${contact}`}`,
    )
  })
  return text(said.map(({ ja }) => ja).join('\n'), said.map(({ en }) => en).join('\n'))
}

/** That it was, never why. */
export const wasPostponed: Paragraph = ({ statement }) =>
  statement.wasPostponed
    ? text(
        'このお知らせは、お伝えする時期を延期していました。',
        'We had postponed telling you this.',
      )
    : null

export const reference: Paragraph = ({ reference: id }) =>
  id === null ? null : text(`お知らせ番号: ${id}`, `Reference: ${id}`)

export const answered: Paragraph = ({ statement: { appeal } }) => {
  if (appeal === null) return null
  const { receivedAt, result } = appeal
  const when = text(formatTimeJapanese(receivedAt), formatTimeEnglish(receivedAt))
  const again = text(
    `${when.ja}に受け付けた異議の申出について、当初の判断に関わっていない担当者が改めて検討し、`,
    `Somebody who took no part in the first decision has looked again at what you objected to on ${when.en}, and`,
  )
  return result === 'upheld'
    ? text(`${again.ja}判断を維持しました。`, `${again.en} the decision stands.`)
    : text(
        `${again.ja}判断を変更しました。措置を取り消して元の状態に戻し、戻りましたらお知らせします。`,
        `${again.en} the decision was changed. We take the measure back and tell you when the earlier state is restored.`,
      )
}

export const words: Paragraph = ({ statement: { appeal } }) => appeal?.words ?? null

export const standsOnClause: Paragraph = (query) =>
  query.statement.appeal?.result === 'upheld' ? onClause(query) : null

export const requestNoted: Paragraph = (query) => {
  if (query.statement.appeal?.aboutRequest !== true) return null
  const also = requestImproper(query)
  return text(
    `要請についてのお申出も記録しました。${also === null ? '' : `\n${also.ja}`}`,
    `What you said about the request is on record too.${also === null ? '' : `\n${also.en}`}`,
  )
}

/** Help first (R-22): nobody is accused, and nothing of the rest is lost. */
export const care: Paragraph = ({ statement }) => {
  if (statement.care !== 'help_first') return null
  const lines = (lang: Lang): string =>
    statement.help
      .map((one) =>
        lang === 'ja' ? `\n・${one.ja} ${one.contact}` : `\n- ${one.en}: ${one.contact}`,
      )
      .join('')
  return text(
    `つらいお気持ちを抱えていらっしゃるのではないかと、案じています。ひとりで抱えず、話を聴いてくれる人に相談することができます。${lines('ja')}\n命の危険が迫っているときは、119番（救急）又は110番（警察）に電話してください。`,
    `We are concerned that you may be going through a hard time. You do not have to carry it alone: there are people who will listen.${lines('en')}\nIf a life is in danger now, call 119 (ambulance) or 110 (police).`,
  )
}

export const takenWithCare: Paragraph = ({ statement: { measures } }) =>
  text(
    `あなたやほかの方の安全を考え、この投稿に次の対応をしました。\n${list(measures, 'ja')}\nあなたを責めるものではありません。アカウントは、これまでどおりお使いいただけます。`,
    `Thinking of your safety and that of others, we did this with your post:\n${list(measures, 'en')}\nNobody blames you. You can go on using your account as before.`,
  )

export const replies: Paragraph = (query) => {
  const how = howToObject(query)
  return text(
    `お返事やお申出は、${how.ja}によりお寄せください。担当者が読みます。`,
    `You can answer, or object, by ${how.en}. A person will read it.`,
  )
}
