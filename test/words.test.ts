import { describe, expect, it } from 'vitest'
import {
  textsInContracts,
  textsInPages,
  textsInSource,
  textsOfSource,
  type ReadableText,
} from './support/readable-texts.ts'

/** Words that make it compulsory, outside the legal desk and the statutory procedure. */
const COMPULSORY_JA =
  /期限|期日|締切|締め切り|遵守|履行|義務|命令|是正|督促|受理|送達|処分|却下|棄却|コンプライアンス製品/
/** No measure is a decision like any other. */
const NO_MEASURE_JA = /拒否|拒絶|未対応|不対応|放置|無視|失敗|非協力|対応しない/
const FIGURES_JA = /応諾率|遵守率|対応率|削除率|協力度|信頼スコア/
/** Words that the sources use for somebody else: 通知元, 発信者. */
const TAKEN_JA = /送信者|投稿者/
/** One reports to a superior, and follows instructions; a hotline or agency is answered. */
const UPWARD_JA = /報告|ご指示|従い|従って/

const COMPULSORY_EN =
  /\b(deadline|due date|overdue|compl(?:y|ies|ied|iance|iant)|obligation|obliged|enforce|mandatory|punish)\b/i
const NO_MEASURE_EN =
  /\b(non-?cooperation|uncooperative|failed to act|failure to act|inaction|turned down|disobey)\b/i
const FIGURES_EN =
  /\b(acceptance|compliance|removal|obedience) rates?\b|\btrust scores?\b|\bobedien/i

const FORBIDDEN = [
  COMPULSORY_JA,
  NO_MEASURE_JA,
  FIGURES_JA,
  TAKEN_JA,
  COMPULSORY_EN,
  NO_MEASURE_EN,
  FIGURES_EN,
]

/**
 * What may stand all the same: only these words, only in texts of this form, only there. Everything of the
 * legal desk is about orders and duties of law, and says so.
 */
const EXEMPT: readonly {
  readonly why: string
  readonly where: RegExp
  readonly text: RegExp
}[] = [
  { why: 'validity of keys and sessions', where: /./, text: /有効期限/g },
  { why: 'the line of a category with an effort duty', where: /./, text: /努力義務/g },
  {
    why: 'a duty that the platform declares (legal desk)',
    where: /./,
    text: /(法律|法令)上の(措置)?義務/g,
  },
  { why: 'the name of that declaration', where: /procedures/, text: /^措置義務$/g },
  {
    why: 'natures and grounds of the legal desk',
    where: /^src\/generated\/vocabularies|^src\/core\/(statements|vocabulary)/,
    text: /裁判所の命令等?|行政処分・命令|令状等による強制の処分/g,
  },
  {
    why: 'the document of an order (legal desk)',
    where: /decide|decision|operating/,
    text: /命令(等の文書|又は|や)/g,
  },
  {
    why: 'secrecy that was ordered, which binds (law 23)',
    where: /poster|openapi|errors|operating/,
    text: /秘密保持の命令|命令による秘密保持/g,
  },
  {
    why: 'the answer under an order (legal desk)',
    where: /decid|decision|vocabular|case-text|openapi|operating/,
    text: /\bcomplied\b|\bcompliance, contest\b/gi,
  },
  { why: 'the tag line', where: /^README\.md/, text: /\(A compliance SDK and webhook receiver/g },
  {
    why: 'what Madoguchi never does',
    where: /^README\.md/,
    text: /never rates how obedient a platform is/g,
  },
]

/** A text without what is exempt in it. */
function remaining({ where, text }: ReadableText): string {
  return EXEMPT.filter((rule) => rule.where.test(where)).reduce(
    (left, rule) => left.replaceAll(rule.text, ''),
    text,
  )
}

const found = (texts: readonly ReadableText[], words: readonly RegExp[] = FORBIDDEN): string[] =>
  texts.flatMap((one) => {
    const left = remaining(one)
    return words.flatMap((word) => {
      const [hit] = word.exec(left) ?? []
      return hit === undefined ? [] : [`${one.where}: ${hit}: ${one.text.slice(0, 120)}`]
    })
  })

describe('no word makes it compulsory, blames no measure, or rates anybody', () => {
  const source = textsInSource()

  it('in catalogues, templates, errors and the command line', () => {
    const japanese = source.filter(({ text }) => /[぀-ヿ一-鿿]/.test(text))
    expect(japanese.length).toBeGreaterThan(800)
    // Identifiers are no sentences.
    expect(found(source.filter(({ text }) => /[ぁ-ヿ一-鿿]|\s/.test(text)))).toEqual([])
  })

  it('in schemas and the description of the interface', () => {
    const texts = textsInContracts()
    expect(texts.length).toBeGreaterThan(1_000)
    expect(found(texts.filter(({ text }) => /[ぁ-ヿ一-鿿]|\s/.test(text)))).toEqual([])
  })

  it('in the pages', () => {
    expect(found(textsInPages())).toEqual([])
  })

  it('and nothing is reported upward in what goes to senders', () => {
    const outward =
      /core\/(statements|outward|outward-reasons|trial)\.ts$|letters\/mail-texts|vocabularies\.ts$/
    const texts = source.filter(({ where }) => outward.test(where))
    expect(texts.length).toBeGreaterThan(100)
    expect(found(texts, [UPWARD_JA])).toEqual([])
  })
})

describe('the rule', () => {
  const planted = (text: string, where = 'src/core/a.ts'): string[] => found([{ where, text }])

  it.each([
    'ご対応の期限は明日です。',
    'この通知を受理しました。',
    '申出は却下されました。',
    '削除を拒否しました。',
    '対応率: 80%',
    'サイトの投稿者に伝えます。',
    'Please act before the deadline.',
    'The platform complied with the request.',
    'Its removal rate is 80 %.',
    'They failed to act on it.',
  ])('finds: %s', (text) => {
    expect(planted(text)).toHaveLength(1)
  })

  it('finds them inside templates too', () => {
    const texts = textsOfSource('src/core/a.ts', 'const a = `${b}は義務です`')
    expect(found(texts)).toHaveLength(1)
  })

  it.each([
    ['鍵の有効期限は一年です。', 'src/cli/a.ts'],
    ['この種類の情報については法律上の努力義務があります。', 'src/core/a.ts'],
    ['秘密保持の命令', 'src/cli/poster-words.ts'],
  ])('lets %s pass in %s', (text, where) => {
    expect(planted(text, where)).toEqual([])
  })

  it('and an exemption covers its own words alone', () => {
    expect(planted('鍵の有効期限と対応の期限', 'src/cli/a.ts')).toHaveLength(1)
    expect(planted('秘密保持の命令', 'src/core/a.ts')).toHaveLength(1)
  })

  it('every exemption is needed', () => {
    const all = [...textsInSource(), ...textsInContracts(), ...textsInPages()]
    const idle = EXEMPT.filter(
      (rule) =>
        !all.some(
          (one) =>
            rule.where.test(one.where) &&
            [...one.text.matchAll(rule.text)].some(([hit]) =>
              FORBIDDEN.some((word) => word.test(hit)),
            ),
        ),
    )
    expect(idle.map(({ why }) => why)).toEqual([])
  })
})
