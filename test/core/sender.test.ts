import { describe, expect, it } from 'vitest'
import {
  KEY_STATES,
  keyRefusal,
  keyStateAt,
  mayBecome,
  type KeyState,
} from '../../src/core/sender.ts'

const key = (state: KeyState, notBefore: number | null = null, retireAt: number | null = null) => ({
  state,
  notBefore,
  retireAt,
})

describe('the state of a key at a time', () => {
  it.each([
    [key('pending'), 'pending', 'key_not_active'],
    [key('pending', 101), 'pending', 'key_not_active'],
    [key('pending', 100), 'active', undefined],
    [key('active', 200, null), 'active', undefined],
    [key('active', null, 50), 'active', undefined],
    [key('retiring'), 'retiring', undefined],
    [key('retiring', null, 101), 'retiring', undefined],
    [key('retiring', null, 100), 'revoked', 'key_revoked'],
    [key('revoked', 50, 200), 'revoked', 'key_revoked'],
  ] as const)('%j', (row, state, refusal) => {
    expect(keyStateAt(row, 100)).toBe(state)
    expect(keyRefusal(row, 100)).toBe(refusal)
  })
})

it('a key only goes forward', () => {
  const ways = KEY_STATES.flatMap((from) =>
    KEY_STATES.filter((to) => mayBecome(from, to)).map((to) => `${from} ${to}`),
  )
  expect(ways).toEqual([
    'pending active',
    'pending revoked',
    'active retiring',
    'active revoked',
    'retiring revoked',
  ])
})
