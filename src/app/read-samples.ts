import { isId, type Id } from '../core/ids.ts'
import type { SampleRecord } from '../core/sample.ts'
import { formatTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { drawOf, maySample } from './draw-sample.ts'
import { recordReading } from './record-reading.ts'
import { viewSampledCase, type SampledCase } from './view-sampled-case.ts'

/** How a sample was drawn. */
export interface SampleView extends Pick<
  SampleRecord,
  'id' | 'operatorId' | 'drawnAt' | 'seed' | 'population'
> {
  readonly decidedFrom: string
  readonly decidedUntil: string
  readonly size: number
}

/** The same with each case's number and draw; `caseId` for our own auditors, so that they can check it. */
export interface SampleInFull extends SampleView {
  readonly cases: readonly {
    readonly n: number
    readonly draw: string
    readonly caseId?: Id<'cas'>
  }[]
}

/** One case of a sample; `null` where it has become one that outsiders don't see. */
export interface SampledCaseView {
  readonly n: number
  readonly draw: string
  readonly content: SampledCase | null
}

/** An external auditor's own sample; for our own auditors all of them. */
export async function readSamples(ctx: AppContext, actor: Actor): Promise<SampleView[]> {
  requirePermission(actor, 'samples.read')
  const rows = await ctx.read.find('sample', await reachOf(ctx, actor), { orderBy: 'id' })
  return rows.map(viewSample)
}

/** @throws MadoguchiError `not_allowed`; `not_found`, also for the sample of another. */
export async function readSample(ctx: AppContext, actor: Actor, id: string): Promise<SampleInFull> {
  const sample = await sampleFor(ctx, actor, id)
  await recordReading(ctx, actor, { what: 'sample', subject: sample.id })
  const isOurs = actor.role === 'auditor'
  return {
    ...viewSample(sample),
    cases: sample.caseIds.map((caseId, at) => ({
      n: at + 1,
      draw: drawOf(sample.seed, caseId),
      ...(isOurs ? { caseId } : {}),
    })),
  }
}

/**
 * A case of a sample, pseudonymised, and recorded.
 *
 * @param n From 1, in the order of the draw.
 * @throws MadoguchiError `not_allowed`, `not_found`.
 */
export async function readSampledCase(
  ctx: AppContext,
  actor: Actor,
  id: string,
  n: number,
): Promise<SampledCaseView> {
  const sample = await sampleFor(ctx, actor, id)
  const caseId = sample.caseIds[n - 1]
  if (caseId === undefined) throw new MadoguchiError('not_found')
  await recordReading(ctx, actor, { what: 'sample', subject: `${sample.id}/${n}` })
  const record = await ctx.read.get('case', { id: caseId })
  const isShown = record !== undefined && maySample(record)
  return {
    n,
    draw: drawOf(sample.seed, caseId),
    content: isShown ? await viewSampledCase(ctx, sample, record) : null,
  }
}

async function sampleFor(ctx: AppContext, actor: Actor, id: string): Promise<SampleRecord> {
  requirePermission(actor, 'samples.read')
  const where = isId('smp', id) ? { id, ...(await reachOf(ctx, actor)) } : undefined
  const [sample] = where === undefined ? [] : await ctx.read.find('sample', where, { limit: 1 })
  if (sample === undefined) throw new MadoguchiError('not_found')
  return sample
}

/** Pseudonyms are given again after a removal, samples are not: they belong to the registration. */
async function reachOf(
  { read }: AppContext,
  { operator, role }: Actor,
): Promise<{ readonly operatorId?: Id<'opr'> }> {
  if (role === 'auditor') return {}
  const [row] = await read.find('operator', { name: operator, state: 'active' }, { limit: 1 })
  if (row === undefined) throw new MadoguchiError('not_found')
  return { operatorId: row.id }
}

function viewSample(sample: SampleRecord): SampleView {
  const { id, operatorId, drawnAt, seed, population, caseIds } = sample
  const decidedFrom = formatTime(sample.decidedFrom)
  const decidedUntil = formatTime(sample.decidedUntil)
  return {
    id,
    operatorId,
    drawnAt,
    decidedFrom,
    decidedUntil,
    seed,
    population,
    size: caseIds.length,
  }
}
