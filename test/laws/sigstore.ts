import { createPublicKey } from 'node:crypto'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseVkey } from '../../src/ledger/note.ts'
import { parseProof } from '../../src/ledger/proof.ts'

interface Entry {
  readonly canonicalizedBody: Buffer
  readonly inclusionProof: {
    readonly logIndex: string
    readonly hashes: readonly Buffer[]
    readonly checkpoint: { readonly envelope: string }
  }
}
interface Log {
  readonly logID: Buffer
  readonly baseURL: string
  readonly publicKey: unknown
}
interface Checkpoints {
  readonly verifyCheckpoint: (entry: Entry, logs: readonly Log[]) => { readonly logSize: bigint }
}
interface Merkle {
  readonly verifyMerkleInclusion: (entry: Entry, checkpoint: unknown) => void
}

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const require = createRequire(import.meta.url)
// The functions aren't exported, so they are loaded by the path of their files (4.1.3).
const folder = path.join(path.dirname(require.resolve('@sigstore/verify')), 'tlog')
const { verifyCheckpoint } = require(path.join(folder, 'checkpoint.js')) as Checkpoints
const { verifyMerkleInclusion } = require(path.join(folder, 'merkle.js')) as Merkle

/** What a stranger does, with other people's code, given the log's vkey and what it was handed. Throws. */
export function checkByStranger(
  vkey: string,
  entry: string,
  proof: string,
): { readonly size: bigint } {
  const key = parseVkey(vkey)!
  const { index, hashes, checkpoint } = parseProof(proof)!
  const given: Entry = {
    canonicalizedBody: Buffer.from(entry, 'base64'),
    inclusionProof: {
      logIndex: String(index),
      hashes: hashes.map((hash) => Buffer.from(hash)),
      checkpoint: { envelope: checkpoint },
    },
  }
  const spki = Buffer.concat([ED25519_SPKI, key.publicKey])
  const log = {
    logID: Buffer.from(key.id),
    baseURL: `https://${key.name}`,
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  }
  const opened = verifyCheckpoint(given, [log])
  verifyMerkleInclusion(given, opened)
  return { size: opened.logSize }
}
