import { expect, it } from 'vitest'
import { totalsOf, type SignalRecord } from '../../src/core/signal.ts'

type Facts = Pick<SignalRecord, 'caseId' | 'ended'>
const some = (count: number, facts: Facts): Facts[] => Array.from({ length: count }, () => facts)
const plain: Facts = { caseId: null, ended: null }
const labelled: Facts = { caseId: 'cas_1', ended: null }
const gone: Facts = { caseId: 'cas_1', ended: 'item_gone' }

it.each([
  ['four', some(4, labelled), [null, null, null]],
  ['five', some(5, gone), [5, 5, 5]],
  ['six of which one is plain', [...some(5, labelled), plain], [6, null, null]],
  ['twelve of which five are plain', [...some(7, gone), ...some(5, plain)], [12, 7, 7]],
])('of %s nobody can be read out', (_what, signals, [noted, labels, goneLater]) => {
  expect(totalsOf(signals)).toEqual({ noted, labelled: labels, goneLater })
})
