import { SIGNING_ALGORITHMS } from '../core/sender.ts'
import { dayInJapan, MINUTE, SECOND } from '../core/time.ts'
import { TIERS, type Tier } from '../core/vocabulary.ts'
import type { StandardDocument } from '../generated/types.ts'
import { fromStandard } from '../schema/to-core.ts'
import { MAX_LIFE_SECONDS } from '../signing/bound-claims.ts'
import type { AppContext } from './context.ts'
import { describeAgencies, type AgenciesDescription } from './describe-agencies.ts'
import {
  describeForms,
  describeLanes,
  type FormDescription,
  type LaneDescription,
} from './describe-lanes.ts'
import { allStandards } from './read-standards.ts'

/** How notices are put in order, with the wire's names. */
export interface OrderDescription {
  readonly explanation_ja: string
  readonly explanation_en: string
  readonly own_goal_minutes: Readonly<Record<string, number>>
  readonly tiers: readonly {
    readonly tier: Tier
    readonly own_goal_minutes: number
    readonly criteria_ja: string
    readonly criteria_en: string
  }[]
  readonly band0_goal_minutes: number
  readonly band0_categories: readonly string[]
}

/** The configuration document, with the wire's names. */
export interface DeskDescription {
  readonly issuer: string
  readonly platform_name: string
  readonly mode: string
  readonly contact: string
  readonly contact_in_japan: string
  readonly jurisdictions: readonly string[]
  readonly languages: readonly string[]
  readonly about_url: string
  /** `null`: none is published yet. */
  readonly figures_url: string | null
  readonly objection: {
    readonly how_ja: string
    readonly how_en: string
    readonly link: string | null
  }
  readonly other_windows: {
    readonly rights_requests: string
    readonly inquiries: string
  }
  readonly forms: readonly FormDescription[]
  readonly lanes: readonly LaneDescription[]
  readonly order: OrderDescription
  readonly agency_requests: AgenciesDescription
  readonly standards: readonly (StandardDocument & { readonly in_force: boolean })[]
  readonly [technical: string]: unknown
}

/**
 * The configuration document: who may send what, where to, how it is put in order, by which rules of its
 * own the platform decides, how a poster objects, where figures are, which agencies asked. Made from the rules that run.
 */
export async function describeDesk(ctx: AppContext): Promise<DeskDescription> {
  const { config } = ctx
  const { contact, publicUrl, procedures } = config
  const today = dayInJapan(ctx.clock.now())
  return {
    issuer: config.issuer,
    platform_name: config.platformName,
    mode: config.mode,
    contact,
    contact_in_japan: procedures.about.contactInJapan ?? contact,
    jurisdictions: ['JP'],
    languages: ['ja', 'en'],
    about_url: `${publicUrl}/v1/about`,
    figures_url: procedures.about.figuresUrl,
    objection: objectionOf(ctx),
    other_windows: {
      rights_requests: procedures.windows.rightsRequests ?? contact,
      inquiries: procedures.windows.inquiries ?? contact,
    },
    ...technical(ctx),
    forms: describeForms(today),
    lanes: describeLanes(config, today),
    order: orderOf(ctx),
    agency_requests: await describeAgencies(ctx),
    standards: (await allStandards(ctx)).map(({ inForce, ...standard }) => ({
      ...fromStandard(standard),
      in_force: inForce,
    })),
  }
}

/** What a sender's client asks for. */
function technical({ config, platform, ledger }: AppContext): Readonly<Record<string, unknown>> {
  const { publicUrl } = config
  const { origin } = new URL(publicUrl)
  return {
    notices_endpoint: `${publicUrl}/v1/notices`,
    poll_endpoint: `${publicUrl}/v1/outcomes/poll`,
    registration_endpoint: `${publicUrl}/v1/registration`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    ledger: {
      origin: ledger.origin,
      vkey: ledger.verifierKey,
      url: `${publicUrl}/v1/ledger`,
      checkpoint: `${publicUrl}/v1/ledger/checkpoint`,
    },
    profiles: ['mdg-jwt-1'],
    signing_algorithms: SIGNING_ALGORITHMS,
    max_body_bytes: config.maxBodyBytes,
    max_token_life_seconds: MAX_LIFE_SECONDS,
    clock_tolerance_seconds: config.clockToleranceMs / SECOND,
    clock_lead_seconds: config.clockLeadMs / SECOND,
    hosts: platform.hosts,
  }
}

function objectionOf({ config }: AppContext): DeskDescription['objection'] {
  const { how, link } = config.procedures.poster.objection
  return {
    how_ja: how?.ja ?? `窓口（${config.contact}）への連絡`,
    how_en: how?.en ?? `writing to ${config.contact}`,
    link,
  }
}

function orderOf({ config }: AppContext): OrderDescription {
  const { ownGoalMs, procedures } = config
  return {
    explanation_ja:
      '緊急区分（生命・身体の危険。当社の分類表による）、目標時刻、台帳の番号の順に並べます。目標時刻は、合意した件数の範囲では到達日時に、超えた分はその分だけ遅らせた時刻に、優先区分ごとの自社の目標を加えたものです。登録した対象範囲の外の通知には、「通常」より早い目標を用いません。目標は当社が自ら定めるもので、対応の要否や内容には影響しません。',
    explanation_en:
      'Ordered by band 0 (danger to life or body, by our own table), goal time, and ledger index. The goal time is the time of arrival, or later by as much as the sender is ahead of the agreed rate, plus our own goal for its tier. Outside the registered scope no goal shorter than the ordinary one applies. Goals are our own aims and decide nothing about whether or how we act.',
    own_goal_minutes: Object.fromEntries(TIERS.map((tier) => [tier, ownGoalMs[tier] / MINUTE])),
    tiers: TIERS.map((tier) => ({
      tier,
      own_goal_minutes: ownGoalMs[tier] / MINUTE,
      criteria_ja: procedures.tierCriteria[tier].ja,
      criteria_en: procedures.tierCriteria[tier].en,
    })),
    band0_goal_minutes: config.band0GoalMs / MINUTE,
    band0_categories: [...config.band0Categories].sort(),
  }
}
