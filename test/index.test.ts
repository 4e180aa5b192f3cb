import { expect, it } from 'vitest'
import * as surface from '../src/index.ts'

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'ACTION_KINDS',
    'ConfigurationError',
    'MadoguchiError',
    'PermanentFailure',
    'StoreUnavailable',
    'createMadoguchi',
    'executed',
    'listen',
    'operatorRouter',
    'opsRouter',
    'pending',
    'senderRouter',
    'wellKnownRouter',
  ])
})

it('says when a measure was carried out, in either form of time', () => {
  const at = Date.UTC(2026, 0, 2)
  expect(surface.executed(at)).toEqual({ kind: 'executed', at })
  expect(surface.executed(new Date(at))).toEqual({ kind: 'executed', at })
  expect(surface.pending()).toEqual({ kind: 'pending' })
  expect(surface.pending('ad-1')).toEqual({ kind: 'pending', reference: 'ad-1' })
})
