import type { DeskDescription } from '../app/describe-desk.ts'
import type { LaneDescription } from '../app/describe-lanes.ts'
import type { Bilingual, Lane, Lang, Tier } from '../core/vocabulary.ts'
import { html, Html, link } from './html.ts'

const TEXTS = {
  title: { ja: '通知の窓口', en: 'Front desk for notices' },
  other: { ja: 'English', en: '日本語' },
  intro: {
    ja: 'ホットライン、信頼できる団体、行政機関等からの通知を受け付ける窓口です。対応の要否及び内容は、当社が自らの基準により判断します。このページは、実際に動いている規則から作られています。',
    en: 'This desk takes notices of hotlines, trusted bodies, agencies and others. Whether and how we act is our own decision, by our own standards. The page is made from the rules that run.',
  },
  observing: {
    ja: '現在は試行モードです。措置は行わず、対応結果は送付しません。',
    en: 'The desk only observes at present: no measures are taken and no outcomes are sent.',
  },
  contact: { ja: '連絡先', en: 'Contact' },
  inJapan: { ja: '日本の連絡先', en: 'Contact in Japan' },
  languages: { ja: '使用できる言語', en: 'Languages' },
  languageNames: { ja: '日本語、英語', en: 'Japanese, English' },
  jurisdictions: { ja: '対象とする地域', en: 'Jurisdictions' },
  rights: { ja: '権利侵害の申出', en: 'Infringed rights' },
  inquiries: { ja: '利用者に関する照会', en: 'Inquiries about users' },
  who: { ja: '誰が何を送れるか', en: 'Who may send what' },
  sender: { ja: '通知元の類型', en: 'Type of sender' },
  form: { ja: '書式', en: 'Form' },
  lane: { ja: '手続区分', en: 'Procedure' },
  taken: { ja: '受付', en: 'Taken' },
  yes: { ja: '受け付けます', en: 'yes' },
  no: { ja: '受け付けていません', en: 'no' },
  except: { ja: '例外', en: 'Exceptions' },
  categories: { ja: '情報の種類', en: 'Categories' },
  order: { ja: '対応順', en: 'Order' },
  tier: { ja: '優先区分', en: 'Tier' },
  criteria: { ja: '基準', en: 'Criteria' },
  goal: { ja: '自社の目標（分）', en: 'Our own goal (minutes)' },
  band0: { ja: '緊急区分（生命・身体の危険）', en: 'Band 0: danger to life or body' },
  standards: { ja: '自社基準', en: 'Our standards' },
  version: { ja: '版', en: 'Version' },
  published: { ja: '公表日', en: 'Published' },
  from: { ja: '施行日', en: 'In force from' },
  inForce: { ja: '施行中', en: 'in force' },
  objection: { ja: '発信者の異議の申出', en: 'How a poster objects' },
  figures: { ja: '集計の公表', en: 'Figures' },
  agencies: { ja: '行政機関の要請', en: 'Requests of agencies' },
  noAgencies: { ja: '要請はありませんでした。', en: 'There were none.' },
  agency: { ja: '機関', en: 'Body' },
  asked: { ja: '要請', en: 'Asked' },
  acted: { ja: '措置あり', en: 'Measures' },
  noMeasure: { ja: '措置なし', en: 'No measure' },
  alreadyGone: { ja: '掲載なし', en: 'Gone' },
  underReview: { ja: '検討中', en: 'Under review' },
  outside: { ja: '所管外', en: 'Outside competence' },
  withdrawn: { ja: '取下げ', en: 'Withdrawn' },
  noFigures: { ja: 'まだ公表していません。', en: 'None are published yet.' },
} as const satisfies Record<string, Bilingual>

const LANES: Readonly<Record<Lane, Bilingual>> = {
  voluntary_illegal: { ja: '違法情報（任意）', en: 'Illegal information (voluntary)' },
  voluntary_public_order: { ja: '公序良俗（任意）', en: 'Public order (voluntary)' },
  agency: { ja: '行政機関（任意）', en: 'Agencies (voluntary)' },
  statutory_rights: { ja: '権利侵害（法定手続）', en: 'Infringed rights (by statute)' },
  legal_desk: { ja: '法務対応', en: 'Legal desk' },
  signal: { ja: '参考情報', en: 'Signals' },
  quarantine: { ja: '確認待ち', en: 'Awaiting verification' },
}

const TIERS: Readonly<Record<Tier, Bilingual>> = {
  priority: { ja: '優先', en: 'Priority' },
  verified: { ja: '確認済み', en: 'Verified' },
  ordinary: { ja: '通常', en: 'Ordinary' },
  probation: { ja: '仮登録', en: 'Probation' },
}

interface Labels {
  readonly label_ja: string
  readonly label_en: string
}

/** One chapter of the page. */
type Chapter = (desk: DeskDescription, say: Words) => Html

/** The words of one language. */
interface Words {
  readonly lang: Lang
  readonly text: (name: keyof typeof TEXTS) => string
  readonly label: (labels: Labels) => string
}

/** 公開ページ: what the configuration document says, for people. Neither script nor style, nothing from elsewhere. */
export function aboutPage(desk: DeskDescription, lang: Lang): string {
  const say: Words = {
    lang,
    text: (name) => TEXTS[name][lang],
    label: ({ label_ja, label_en }) => (lang === 'ja' ? label_ja : label_en),
  }
  const other = lang === 'ja' ? 'en' : 'ja'
  const title = `${desk.platform_name} ${say.text('title')}`
  const page = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
      </head>
      <body>
        <p><a href="?lang=${other}" hreflang="${other}" lang="${other}">${say.text('other')}</a></p>
        <h1>${title}</h1>
        <p>${say.text('intro')}</p>
        ${CHAPTERS.map((chapter) => chapter(desk, say))}
      </body>
    </html>`
  return `${page.text}\n`
}

const contact: Chapter = (desk, say) => html`
  ${desk.mode === 'observe' ? html`<p>${say.text('observing')}</p>` : NOTHING}
  <dl>
    <dt>${say.text('contact')}</dt>
    <dd>${desk.contact}</dd>
    <dt>${say.text('inJapan')}</dt>
    <dd>${desk.contact_in_japan}</dd>
    <dt>${say.text('languages')}</dt>
    <dd>${say.text('languageNames')}</dd>
    <dt>${say.text('jurisdictions')}</dt>
    <dd>${desk.jurisdictions.join(', ')}</dd>
    <dt>${say.text('rights')}</dt>
    <dd>${desk.other_windows.rights_requests}</dd>
    <dt>${say.text('inquiries')}</dt>
    <dd>${desk.other_windows.inquiries}</dd>
  </dl>
`

const whoSendsWhat: Chapter = (desk, say) => html`
  <h2>${say.text('who')}</h2>
  ${tableOf(
    [say.text('sender'), say.text('form'), say.text('lane'), say.text('taken'), say.text('except')],
    desk.lanes.map((row) => [
      html`${say.label(row)}`,
      html`${formLabel(desk, row, say)}`,
      html`${LANES[row.lane][say.lang]}`,
      html`${say.text(row.open ? 'yes' : 'no')}`,
      html`${exceptionsText(desk, row, say)}`,
    ]),
  )}
  ${desk.forms.map(
    (form) => html`
      <h3>${say.label(form)}: ${say.text('categories')}</h3>
      <ul>
        ${form.categories.map((category) => html`<li>${say.label(category)}</li>`)}
      </ul>
    `,
  )}
`

const order: Chapter = ({ order: rule, forms }, say) => html`
  <h2>${say.text('order')}</h2>
  <p>${say.lang === 'ja' ? rule.explanation_ja : rule.explanation_en}</p>
  ${tableOf(
    [say.text('tier'), say.text('criteria'), say.text('goal')],
    rule.tiers.map(({ tier, own_goal_minutes, criteria_ja, criteria_en }) => [
      html`${TIERS[tier][say.lang]}`,
      html`${say.lang === 'ja' ? criteria_ja : criteria_en}`,
      html`${own_goal_minutes}`,
    ]),
  )}
  <h3>${say.text('band0')}: ${rule.band0_goal_minutes}</h3>
  <ul>
    ${rule.band0_categories.map((id) => html`<li>${categoryLabel(forms, id, say)}</li>`)}
  </ul>
`

const standards: Chapter = (desk, say) => html`
  <h2>${say.text('standards')}</h2>
  ${desk.standards.map(
    (standard) => html`
      <h3>${standard.title[say.lang]}</h3>
      <p>
        ${say.text('version')} ${standard.version}, ${say.text('published')}
        ${standard.published_on}, ${say.text('from')} ${standard.effective_on}
        ${standard.in_force ? `(${say.text('inForce')})` : ''}
      </p>
      <ul>
        ${standard.clauses.map(
          (clause) =>
            html`<li>${clause.id} ${link(clause.link ?? '', clause.title[say.lang])}</li>`,
        )}
      </ul>
    `,
  )}
`

const objection: Chapter = ({ objection: { how_ja, how_en, link: url } }, say) => html`
  <h2>${say.text('objection')}</h2>
  <p>${link(url ?? '', say.lang === 'ja' ? how_ja : how_en)}</p>
`

const figures: Chapter = ({ figures_url: url }, say) => html`
  <h2>${say.text('figures')}</h2>
  <p>${url === null ? say.text('noFigures') : link(url, url)}</p>
`

const agencies: Chapter = ({ agency_requests: { half_year, counts } }, say) => html`
  <h2>${say.text('agencies')} (${half_year})</h2>
  ${counts.length === 0 ? html`<p>${say.text('noAgencies')}</p>` : agencyTable(counts, say)}
`

function agencyTable(counts: DeskDescription['agency_requests']['counts'], say: Words): Html {
  const columns = [
    'agency',
    'asked',
    'acted',
    'noMeasure',
    'alreadyGone',
    'underReview',
    'outside',
    'withdrawn',
  ] as const
  return tableOf(
    columns.map((column) => say.text(column)),
    counts.map((row) =>
      [
        row.agency,
        row.asked,
        row.acted,
        row.no_measure,
        row.already_gone,
        row.under_review,
        row.outside_competence,
        row.withdrawn,
      ].map((cell) => html`${cell}`),
    ),
  )
}

const CHAPTERS: readonly Chapter[] = [
  contact,
  whoSendsWhat,
  order,
  standards,
  objection,
  figures,
  agencies,
]
const NOTHING = new Html('')

function formLabel({ forms }: DeskDescription, { form }: LaneDescription, say: Words): string {
  const found = forms.find((each) => each.form === form)
  return found === undefined ? form : say.label(found)
}

function categoryLabel(forms: DeskDescription['forms'], id: string, say: Words): string {
  const found = forms.flatMap(({ categories }) => categories).find((each) => each.id === id)
  return found === undefined ? id : say.label(found)
}

function exceptionsText(
  { forms }: DeskDescription,
  { exceptions }: LaneDescription,
  say: Words,
): string {
  return exceptions
    .map(({ category, lane, open, law }) => {
      const where = `${categoryLabel(forms, category, say)} → ${LANES[lane][say.lang]}`
      return `${where} (${law}${open ? '' : `, ${say.text('no')}`})`
    })
    .join(' / ')
}

function tableOf(head: readonly string[], rows: readonly (readonly Html[])[]): Html {
  return html`<table>
    <thead>
      <tr>
        ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`
}
