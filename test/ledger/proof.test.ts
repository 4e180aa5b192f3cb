import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendLeaves, EMPTY_EDGE } from '../../src/ledger/append.ts'
import { signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { leafHash } from '../../src/ledger/merkle.ts'
import { verifierKeyOf } from '../../src/ledger/note.ts'
import { formatProof, parseProof, verifyProof } from '../../src/ledger/proof.ts'
import { openProver } from '../../src/ledger/prove.ts'
import { ascii, ORIGIN, testSigner, TileMap } from './support.ts'

const SIZES = [1, 2, 3, 255, 256, 257, 600]
const signer = testSigner()
const keys = [verifierKeyOf(signer, ORIGIN)]
const entries = Array.from({ length: 600 }, (_, i) => ascii(`entry ${i}`))
const proofs = new Map<string, string>()
const places: { index: number; size: number }[] = []

beforeAll(async () => {
  const tiles = new TileMap()
  tiles.put(appendLeaves(EMPTY_EDGE, entries.map(leafHash)).tiles)
  const prover = openProver(tiles)
  for (const size of SIZES) {
    const checkpoint = await signCheckpoint(signer, ORIGIN, size, await prover.rootAt(size))
    for (const index of new Set([0, size >> 1, size - 1])) {
      const hashes = await prover.inclusion(index, size)
      places.push({ index, size })
      proofs.set(`${index}/${size}`, formatProof({ index, hashes, checkpoint }))
    }
  }
})

describe('a tlog-proof', () => {
  it('shows that an entry stands in the log', () => {
    for (const { index, size } of places) {
      const text = proofs.get(`${index}/${size}`)!
      expect(verifyProof(text, entries[index]!, keys, ORIGIN)).toEqual({ index, size })
      expect(verifyProof(text, ascii('another'), keys, ORIGIN)).toBeUndefined()
      expect(verifyProof(text, entries[index]!, keys, 'other.example')).toBeUndefined()
      expect(verifyProof(text, entries[index]!, [], ORIGIN)).toBeUndefined()
      expect(formatProof(parseProof(text)!)).toBe(text)
    }
  })

  it('is the text of the specification', () => {
    expect(proofs.get('1/3')).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nindex 1\n[A-Za-z0-9+/]{43}=\n[A-Za-z0-9+/]{43}=\n\ndesk\.example\/madoguchi\/1\n3\n[A-Za-z0-9+/]{43}=\n\n— desk\.example\/madoguchi\/1 [A-Za-z0-9+/]{91}=\n$/u,
    )
    expect(proofs.get('0/1')).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 0\n\ndesk/)
  })

  it('holds for no text that differs in one letter', () => {
    const text = proofs.get('1/3')!
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
      expect(verifyProof(changed, entries[1]!, keys, ORIGIN), String(at)).toBeUndefined()
    }
  })

  it('may carry extra data, which proves nothing', () => {
    const proof = parseProof(proofs.get('1/3')!)!
    const text = formatProof({ ...proof, extra: Uint8Array.of(1, 2, 3) })
    expect(text.split('\n')[1]).toBe('extra AQID')
    expect(parseProof(text)?.extra).toEqual(Uint8Array.of(1, 2, 3))
    expect(verifyProof(text, entries[1]!, keys, ORIGIN)).toEqual({ index: 1, size: 3 })
  })

  it('refuses every other text', () => {
    const text = proofs.get('1/3')!
    const hash = text.split('\n')[2]!
    for (const other of [
      '',
      'c2sp.org/tlog-proof@v1\n\n',
      text.replace('@v1', '@v2'),
      text.replace('index 1', 'index 01'),
      text.replace('index 1', 'index -1'),
      text.replace('index 1', 'index 9007199254740992'),
      text.replace('index 1', 'Index 1'),
      text.replace('index 1\n', ''),
      text.replace('index 1', 'extra \nextra AQID\nindex 1'),
      text.replace('index 1', 'extra A\nindex 1'),
      text.replace('index 1', 'index 1\nextra AQID'),
      text.replace(hash, `${hash} `),
      text.replace(hash, hash.slice(0, -1)),
      text.replace(hash, 'AAAA'),
      text.replace(hash, Array<string>(64).fill(hash).join('\n')),
      `\n${text}`,
      text.replaceAll('\n', '\r\n'),
    ]) {
      expect(parseProof(other), other.slice(0, 80)).toBeUndefined()
    }
    expect(verifyProof('', entries[1]!, keys, ORIGIN)).toBeUndefined()
    expect(verifyProof(text.slice(0, -1), entries[1]!, keys, ORIGIN)).toBeUndefined()
  })
})

interface SigstoreEntry {
  readonly canonicalizedBody: Buffer
  readonly inclusionProof: {
    readonly logIndex: string
    readonly hashes: readonly Buffer[]
    readonly checkpoint: { readonly envelope: string }
  }
}
interface SigstoreLog {
  readonly logID: Buffer
  readonly baseURL: string
  readonly publicKey: unknown
}
interface Sigstore {
  verifyCheckpoint(entry: SigstoreEntry, logs: readonly SigstoreLog[]): { readonly logSize: bigint }
  verifyMerkleInclusion(entry: SigstoreEntry, checkpoint: unknown): void
}

/** The functions aren't exported, so they are loaded by the path of their files (4.1.3). */
function loadSigstore(): Sigstore {
  const require = createRequire(import.meta.url)
  const folder = path.join(path.dirname(require.resolve('@sigstore/verify')), 'tlog')
  return {
    ...(require(path.join(folder, 'checkpoint.js')) as Pick<Sigstore, 'verifyCheckpoint'>),
    ...(require(path.join(folder, 'merkle.js')) as Pick<Sigstore, 'verifyMerkleInclusion'>),
  }
}

describe('@sigstore/verify', () => {
  const sigstore = loadSigstore()
  const log = {
    logID: Buffer.from(keys[0]!.id),
    baseURL: `https://${ORIGIN}`,
    publicKey: signer.publicKeyObject,
  }
  const entryOf = (text: string, body: Uint8Array): SigstoreEntry => {
    const { index, hashes, checkpoint } = parseProof(text)!
    return {
      canonicalizedBody: Buffer.from(body),
      inclusionProof: {
        logIndex: String(index),
        hashes: hashes.map((hash) => Buffer.from(hash)),
        checkpoint: { envelope: checkpoint },
      },
    }
  }

  it('accepts our checkpoints and inclusion proofs', () => {
    for (const { index, size } of places) {
      const entry = entryOf(proofs.get(`${index}/${size}`)!, entries[index]!)
      const checkpoint = sigstore.verifyCheckpoint(entry, [log])
      expect(checkpoint.logSize).toBe(BigInt(size))
      sigstore.verifyMerkleInclusion(entry, checkpoint)
    }
  })

  it('rejects them where they were changed', () => {
    const text = proofs.get('1/3')!
    const entry = entryOf(text, ascii('another'))
    const checkpoint = sigstore.verifyCheckpoint(entry, [log])
    expect(() => {
      sigstore.verifyMerkleInclusion(entry, checkpoint)
    }).toThrow('root hash')
    const changed = entryOf(text.replace('\n3\n', '\n4\n'), entries[1]!)
    expect(() => sigstore.verifyCheckpoint(changed, [log])).toThrow('signature')
  })
})
