import type { DeskDescription } from '../app/describe-desk.ts'
import type { LaneDescription } from '../app/describe-lanes.ts'
import { LANE_LABELS } from '../core/lane-labels.ts'
import type { Lang } from '../core/vocabulary.ts'
import { TEXTS, TIERS } from './about-words.ts'
import { html, Html, link } from './html.ts'

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
      html`${LANE_LABELS[row.lane][say.lang]}`,
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
      const where = `${categoryLabel(forms, category, say)} → ${LANE_LABELS[lane][say.lang]}`
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
