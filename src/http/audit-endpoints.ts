import type { AppContext } from '../app/context.ts'
import { readReadings, type ReadingsQuery } from '../app/read-readings.ts'
import { readSample, readSampledCase, readSamples } from '../app/read-samples.ts'
import { READING_KINDS } from '../core/reading.ts'
import { segment } from './endpoint.ts'
import { operatorEndpoint, type DeskEndpoint } from './operator-endpoint.ts'
import { optionalTime, readPage, readQuery } from './query.ts'
import type { Request } from './request.ts'

const PSEUDONYM = { max: 64 }
const SUBJECT = { max: 200 }

/** What auditors look at beside cases. */
export function auditEndpoints(ctx: AppContext): DeskEndpoint[] {
  return [
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/readings',
      operation: 'listReadings',
      permission: 'readings.read',
      answer: ({ actor, req }) => readReadings(ctx, actor, readReadingsQuery(req)),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/samples',
      operation: 'listSamples',
      permission: 'samples.read',
      answer: async ({ actor }) => ({ items: await readSamples(ctx, actor) }),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/samples/:id',
      operation: 'readSample',
      permission: 'samples.read',
      answer: ({ actor, req }) => readSample(ctx, actor, segment(req, 'id')),
    }),
    operatorEndpoint(ctx, {
      method: 'get',
      path: '/v1/samples/:id/cases/:n',
      operation: 'readSampledCase',
      permission: 'samples.read',
      answer: ({ actor, req }) =>
        readSampledCase(ctx, actor, segment(req, 'id'), placeOf(segment(req, 'n'))),
    }),
  ]
}

/** A number from 1; anything else is no case of a sample. */
function placeOf(text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0
}

function readReadingsQuery(req: Request): ReadingsQuery {
  const query = readQuery(req)
  const operator = query.optionalText('operator', PSEUDONYM)
  const what = query.optionalOneOf('what', READING_KINDS)
  const subject = query.optionalText('subject', SUBJECT)
  const since = optionalTime(query, 'since')
  const until = optionalTime(query, 'until')
  const page = readPage(query)
  query.done()
  return {
    ...page,
    ...(operator === null ? {} : { operator }),
    ...(what === null ? {} : { what }),
    ...(subject === null ? {} : { subject }),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
  }
}
