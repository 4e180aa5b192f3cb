import { expect, it } from 'vitest'
import { toWire } from '../../src/http/wire.ts'

it('writes names in snake_case and times in RFC 3339, and nothing else', () => {
  const at = Date.parse('2026-11-22T01:02:03.456Z')
  const view = {
    at,
    goalAt: at,
    claimUntil: null,
    agreedBand0RatePerDay: 3,
    kind: 'aKindThatIsAValue',
    skewMs: at,
    nested: [{ receivedAt: at }, 'sentAt', 1],
    already_written: '2026-01-01T00:00:00.000Z',
    absent: undefined,
  }
  expect(toWire(view)).toEqual({
    at: '2026-11-22T01:02:03.456Z',
    goal_at: '2026-11-22T01:02:03.456Z',
    claim_until: null,
    agreed_band0_rate_per_day: 3,
    kind: 'aKindThatIsAValue',
    skew_ms: at,
    nested: [{ received_at: '2026-11-22T01:02:03.456Z' }, 'sentAt', 1],
    already_written: '2026-01-01T00:00:00.000Z',
  })
})

it('refuses bytes, which no view holds', () => {
  expect(() => toWire({ body: new Uint8Array(1) })).toThrow(TypeError)
})
