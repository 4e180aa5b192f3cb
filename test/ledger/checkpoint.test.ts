import { describe, expect, it } from 'vitest'
import {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../src/ledger/checkpoint.ts'
import { emptyRoot } from '../../src/ledger/merkle.ts'
import { signNote, verifierKeyOf } from '../../src/ledger/note.ts'
import { hex, ORIGIN, testSigner } from './support.ts'

const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='

describe('the body of a checkpoint', () => {
  it('is that of the specification', () => {
    const body = `example.com/behind-the-sofa\n20852163\n${ROOT}\n`
    const parsed = parseCheckpoint(body)
    expect(parsed).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 })
    expect(parsed && hex(parsed.root)).toBe(Buffer.from(ROOT, 'base64').toString('hex'))
    expect(formatCheckpoint(parsed!)).toBe(body)
    expect(parseCheckpoint(`a\n0\n${ROOT}\n`)?.size).toBe(0)
    expect(parseCheckpoint(`a\n9007199254740991\n${ROOT}\n`)?.size).toBe(Number.MAX_SAFE_INTEGER)
  })

  it.each([
    '',
    'a\n',
    'a\n1\n',
    `a\n1\n${ROOT}`,
    `\n1\n${ROOT}\n`,
    `a b\n1\n${ROOT}\n`,
    `a\n01\n${ROOT}\n`,
    `a\n+1\n${ROOT}\n`,
    `a\n-1\n${ROOT}\n`,
    `a\n1 \n${ROOT}\n`,
    `a\n\n${ROOT}\n`,
    `a\n9007199254740992\n${ROOT}\n`,
    `a\n1e3\n${ROOT}\n`,
    `a\n1\n${ROOT.slice(0, -1)}\n`,
    'a\n1\nAAAA\n',
    `a\n1\n${ROOT}\nextension\n`,
    `a\n1\n${ROOT}\n\n`,
    `a\r\n1\r\n${ROOT}\r\n`,
  ])('is not %j', (body) => {
    expect(parseCheckpoint(body)).toBeUndefined()
  })

  it('is written for possible heads only', () => {
    const root = emptyRoot()
    for (const head of [
      { origin: '', size: 0, root },
      { origin: 'a', size: -1, root },
      { origin: 'a', size: 0.5, root },
      { origin: 'a', size: 2 ** 53, root },
      { origin: 'a', size: 0, root: root.slice(1) },
    ]) {
      expect(() => formatCheckpoint(head)).toThrow(RangeError)
    }
  })
})

describe('a signed checkpoint', () => {
  const signer = testSigner()
  const keys = [verifierKeyOf(signer, ORIGIN)]

  it('opens with a key of its log', async () => {
    const note = await signCheckpoint(signer, ORIGIN, 7, emptyRoot())
    expect(openCheckpoint(note, keys, ORIGIN)).toEqual({
      origin: ORIGIN,
      size: 7,
      root: emptyRoot(),
    })
    expect(openCheckpoint(note, [verifierKeyOf(testSigner(), ORIGIN), ...keys], ORIGIN)?.size).toBe(
      7,
    )
    expect(await signCheckpoint(signer, ORIGIN, 7, emptyRoot())).toBe(note)
  })

  it('opens for no other log, key or body', async () => {
    const note = await signCheckpoint(signer, ORIGIN, 7, emptyRoot())
    expect(openCheckpoint(note, keys, 'desk.example/madoguchi/2')).toBeUndefined()
    expect(openCheckpoint(note, [verifierKeyOf(testSigner(), ORIGIN)], ORIGIN)).toBeUndefined()
    expect(openCheckpoint(note.replace('\n7\n', '\n8\n'), keys, ORIGIN)).toBeUndefined()
    const extended = await signNote(`${ORIGIN}\n7\n${ROOT}\nextension\n`, signer, ORIGIN)
    expect(openCheckpoint(extended, keys, ORIGIN)).toBeUndefined()
    const foreign = await signNote(`other.example\n7\n${ROOT}\n`, signer, ORIGIN)
    expect(openCheckpoint(foreign, keys, ORIGIN)).toBeUndefined()
    expect(() => signCheckpoint(signer, 'a b', 7, emptyRoot())).toThrow(RangeError)
  })
})
