import type { Router } from 'express'
import type { AppContext } from '../app/context.ts'
import { refusalsSince } from '../app/read-statistics.ts'
import { HOUR } from '../core/time.ts'
import { WORK_KINDS } from '../core/work.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { createRouter } from './endpoint.ts'
import { sendBytes, sendView } from './send.ts'

/** Numbers above this are told as this: counting on would cost more than it tells. */
const MAX_COUNTED = 1_000
/** Nothing that we sign for others looks like it. */
const PROBE = new TextEncoder().encode('madoguchi readiness probe')

/** What the machines’ routes look at. */
export interface OpsDeps {
  readonly ctx: AppContext
  /** Throws unless a write would be durable now. */
  readonly store: { check(): Promise<void> }
}

/** What machines ask, on a port of its own: alive, ready, and a few numbers without names. */
export function createOpsRouter({ ctx, store }: OpsDeps): Router {
  return createRouter(
    ctx,
    [
      {
        method: 'get',
        path: '/livez',
        operation: 'livez',
        handle: (_req, res) => {
          sendView(res, { status: 'pass' })
        },
      },
      {
        method: 'get',
        path: '/readyz',
        operation: 'readyz',
        handle: async (_req, res) => {
          await store.check()
          await checkSigner(ctx)
          const bell = ctx.bell.health()
          // The record is the truth, and work goes on without the queue: worth a look, no reason to go.
          sendView(res, { status: bell === 'up' ? 'pass' : 'warn', bell })
        },
      },
      {
        method: 'get',
        path: '/metrics',
        operation: 'metrics',
        handle: async (_req, res) => {
          sendBytes(res, await metrics(ctx), 'text/plain; version=0.0.4; charset=utf-8')
        },
      },
    ],
    { owned: ['/'] },
  )
}

async function checkSigner({ signer }: AppContext): Promise<void> {
  try {
    await signer.sign(PROBE)
  } catch (cause) {
    throw new MadoguchiError('signer_unavailable', { cause, retryAfterMs: 1_000 })
  }
}

/** Prometheus text format. Labels are words of closed lists only (law 11). */
async function metrics(ctx: AppContext): Promise<string> {
  const { read, clock } = ctx
  const now = clock.now()
  const due = await Promise.all(
    WORK_KINDS.map(async (kind) =>
      line('work_waiting', { kind }, await read.dueWork(kind, now, MAX_COUNTED)),
    ),
  )
  const dead = await Promise.all(
    WORK_KINDS.map(async (kind) =>
      line('work_dead', { kind }, await read.count('work', { state: 'dead', kind })),
    ),
  )
  const isUp = ctx.bell.health() === 'up'
  const hour = Math.floor(now / HOUR) * HOUR
  const refusals = await refusalsSince(ctx, hour)
  const paused = await read.count('breaker', { state: 'open' })
  return [
    ...gauge('work_waiting', 'Rows of work that are due and that nobody holds, at most 1000.', due),
    ...gauge('work_dead', 'Rows of work that were given up.', dead),
    ...gauge('bell_up', '1 while the queue that wakes workers can be used, else 0.', [
      line('bell_up', {}, isUp ? 1 : 0),
    ]),
    ...gauge('endpoints_paused', 'Endpoints of senders that failed too often in a row.', [
      line('endpoints_paused', {}, paused),
    ]),
    ...gauge(
      'refusals_this_hour',
      'Requests refused in the present hour, by code.',
      refusals.map(({ code, count }) => line('refusals_this_hour', { code }, count)),
    ),
    '',
  ].join('\n')
}

function gauge(name: string, help: string, lines: readonly string[]): string[] {
  return [`# HELP madoguchi_${name} ${help}`, `# TYPE madoguchi_${name} gauge`, ...lines]
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${text}"`)
  return `madoguchi_${name}${inside.length === 0 ? '' : `{${inside.join(',')}}`} ${value}`
}
