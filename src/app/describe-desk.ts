import { SIGNING_ALGORITHMS } from '../core/sender.ts'
import { admitLane, defaultNatureOf, laneOf } from '../core/lane.ts'
import { dayInJapan, MINUTE, SECOND } from '../core/time.ts'
import { isValidOn } from '../core/vocabulary-lookup.ts'
import { OPEN_FORMS, TIERS, type OpenForm } from '../core/vocabulary.ts'
import {
  ILLEGAL_CATEGORIES,
  PUBLIC_ORDER_CATEGORIES,
  SENDER_TYPES,
  type CategoryRow,
} from '../generated/vocabularies.ts'
import { fromStandard } from '../schema/to-core.ts'
import { MAX_LIFE_SECONDS } from '../signing/bound-claims.ts'
import type { AppContext } from './context.ts'
import { allStandards } from './read-standards.ts'

const FORM_LABELS: Readonly<Record<OpenForm, { label_ja: string; label_en: string }>> = {
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

/**
 * The configuration document, with the wire's names: who may send what, where to, how it is put in
 * order, and by which rules of its own the platform decides. Made from the rules that run.
 */
export async function describeDesk(ctx: AppContext): Promise<Readonly<Record<string, unknown>>> {
  const { config, platform, ledger } = ctx
  const { origin } = new URL(config.publicUrl)
  const today = dayInJapan(ctx.clock.now())
  return {
    issuer: config.issuer,
    platform_name: config.platformName,
    mode: config.mode,
    contact: config.contact,
    jurisdictions: ['JP'],
    languages: ['ja', 'en'],
    notices_endpoint: `${config.publicUrl}/v1/notices`,
    poll_endpoint: `${config.publicUrl}/v1/outcomes/poll`,
    registration_endpoint: `${config.publicUrl}/v1/registration`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    ledger: {
      origin: ledger.origin,
      vkey: ledger.verifierKey,
      url: `${config.publicUrl}/v1/ledger`,
      checkpoint: `${config.publicUrl}/v1/ledger/checkpoint`,
    },
    profiles: ['mdg-jwt-1'],
    signing_algorithms: SIGNING_ALGORITHMS,
    max_body_bytes: config.maxBodyBytes,
    max_token_life_seconds: MAX_LIFE_SECONDS,
    clock_tolerance_seconds: config.clockToleranceMs / SECOND,
    clock_lead_seconds: config.clockLeadMs / SECOND,
    hosts: platform.hosts,
    forms: OPEN_FORMS.map((form) => formOf(form, today)),
    lanes: lanesOf(ctx),
    order: orderOf(ctx),
    standards: (await allStandards(ctx)).map(({ inForce, ...standard }) => ({
      ...fromStandard(standard),
      in_force: inForce,
    })),
  }
}

/** Agencies write about either; the category says which. */
const BOTH = [...ILLEGAL_CATEGORIES, ...PUBLIC_ORDER_CATEGORIES]
const CATEGORIES: Readonly<Record<OpenForm, readonly CategoryRow[]>> = {
  illegal_information: ILLEGAL_CATEGORIES,
  public_order: PUBLIC_ORDER_CATEGORIES,
  agency_request: BOTH,
  general_request: BOTH,
}

function formOf(form: OpenForm, today: string): unknown {
  const categories = CATEGORIES[form]
    .filter((row) => isValidOn(row, today))
    .map(({ id, label_ja, label_en }) => ({ id, label_ja, label_en }))
  return { form, ...FORM_LABELS[form], categories }
}

/** Which procedure the notices of a newly registered sender get; `open` says whether they are taken. */
function lanesOf({ config }: AppContext): unknown[] {
  return SENDER_TYPES.flatMap(({ id, label_ja, label_en }) =>
    OPEN_FORMS.map((form) => {
      const query = { form, senderType: id, nature: defaultNatureOf(id) }
      const lane = laneOf(query)
      const open = admitLane(query, config.openLanes).ok
      return { sender_type: id, label_ja, label_en, form, lane, open }
    }),
  )
}

function orderOf({ config }: AppContext): unknown {
  return {
    explanation_ja:
      '緊急区分（生命・身体の危険。当社の分類表による）、目標時刻、台帳の番号の順に並べます。目標時刻は、合意した件数の範囲では到達日時に、超えた分はその分だけ遅らせた時刻に、優先区分ごとの自社の目標を加えたものです。目標は当社が自ら定めるもので、対応の要否や内容には影響しません。',
    explanation_en:
      'Ordered by band 0 (danger to life or body, by our own table), goal time, and ledger index. The goal time is the time of arrival, or later by as much as the sender is ahead of the agreed rate, plus our own goal for its tier. Goals are our own aims and decide nothing about whether or how we act.',
    own_goal_minutes: Object.fromEntries(
      TIERS.map((tier) => [tier, config.ownGoalMs[tier] / MINUTE]),
    ),
    band0_goal_minutes: config.band0GoalMs / MINUTE,
    band0_categories: [...config.band0Categories].sort(),
  }
}
