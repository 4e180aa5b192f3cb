import { admitLane, defaultNatureOf, laneOf, natureAtReceipt } from '../core/lane.ts'
import { dutyFor } from '../core/procedures.ts'
import { isValidOn } from '../core/vocabulary-lookup.ts'
import { OPEN_FORMS, type Lane, type OpenForm } from '../core/vocabulary.ts'
import {
  ILLEGAL_CATEGORIES,
  PUBLIC_ORDER_CATEGORIES,
  SENDER_TYPES,
  type CategoryRow,
} from '../generated/vocabularies.ts'
import type { AppConfig } from './context.ts'

interface Labels {
  readonly label_ja: string
  readonly label_en: string
}

/** One form with the categories that can be named on a day. */
export interface FormDescription extends Labels {
  readonly form: OpenForm
  readonly categories: readonly (Labels & { readonly id: string })[]
}

/** Which procedure the notices of a newly registered sender of a type get on a form. */
export interface LaneDescription extends Labels {
  readonly sender_type: string
  readonly form: OpenForm
  readonly lane: Lane
  /** Whether they are taken. */
  readonly open: boolean
  /** Categories that get another one, with the law that the platform cites for it. */
  readonly exceptions: readonly {
    readonly category: string
    readonly lane: Lane
    readonly open: boolean
    readonly law: string
  }[]
}

const FORM_LABELS: Readonly<Record<OpenForm, Labels>> = {
  illegal_information: {
    label_ja: '違法情報（送信防止措置等の依頼）',
    label_en: 'Illegal information',
  },
  public_order: {
    label_ja: '公序良俗に反する情報（対応の依頼）',
    label_en: 'Information contrary to public order',
  },
  agency_request: { label_ja: '行政機関の要請', label_en: 'Request of an agency' },
  general_request: {
    label_ja: '一般要請（個別の対象情報なし）',
    label_en: 'General request (no item)',
  },
}

/** Agencies write about either; the category says which. */
const BOTH = [...ILLEGAL_CATEGORIES, ...PUBLIC_ORDER_CATEGORIES]

const CATEGORIES: Readonly<Record<OpenForm, readonly CategoryRow[]>> = {
  illegal_information: ILLEGAL_CATEGORIES,
  public_order: PUBLIC_ORDER_CATEGORIES,
  agency_request: BOTH,
  general_request: BOTH,
}

/** What can be sent on a day, form by form. */
export function describeForms(day: string): FormDescription[] {
  return OPEN_FORMS.map((form) => ({
    form,
    ...FORM_LABELS[form],
    categories: categoriesOn(form, day).map(({ id, label_ja, label_en }) => ({
      id,
      label_ja,
      label_en,
    })),
  }))
}

/** Sender type × form × category → lane, asked of the rules themselves. */
export function describeLanes(config: AppConfig, day: string): LaneDescription[] {
  return SENDER_TYPES.flatMap(({ id, label_ja, label_en }) =>
    OPEN_FORMS.map((form) => {
      const query = { form, senderType: id, nature: defaultNatureOf(id) }
      return {
        sender_type: id,
        label_ja,
        label_en,
        form,
        lane: laneOf(query),
        open: admitLane(query, config.openLanes).ok,
        exceptions: exceptionsOf(config, query, day),
      }
    }),
  )
}

function exceptionsOf(
  { procedures, openLanes }: AppConfig,
  query: { readonly form: OpenForm; readonly senderType: string; readonly nature: LaneNature },
  day: string,
): LaneDescription['exceptions'] {
  const { form, senderType } = query
  return categoriesOn(form, day).flatMap(({ id: category }) => {
    const nature = natureAtReceipt(query, { form, category }, procedures, day)
    const own = { form, senderType, nature }
    const lane = laneOf(own)
    if (lane === laneOf(query)) return []
    const law = dutyFor(procedures, category, day)?.law ?? ''
    return [{ category, lane, open: admitLane(own, openLanes).ok, law }]
  })
}

type LaneNature = ReturnType<typeof defaultNatureOf>

function categoriesOn(form: OpenForm, day: string): readonly CategoryRow[] {
  return CATEGORIES[form].filter((row) => isValidOn(row, day))
}
