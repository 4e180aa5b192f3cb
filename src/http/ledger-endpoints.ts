import { authenticateOperator } from '../app/authenticate-operator.ts'
import type { AppContext } from '../app/context.ts'
import { readTile } from '../app/read-tiles.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { bearerToken } from './bearer-token.ts'
import { segment, type Endpoint } from './endpoint.ts'
import { pathOf, type Request, type Response } from './request.ts'
import { sendBytes } from './send.ts'

const PREFIX = '/v1/ledger/'
const TEXT = 'text/plain; charset=utf-8'
const BYTES = 'application/octet-stream'
const FULL = 'public, max-age=31536000, immutable'
const PARTIAL = 'public, max-age=60'

/**
 * The log as C2SP tlog-tiles has it. Checkpoint, hash tiles and proofs are for everybody; entry bundles
 * for auditors only, since together they tell who sends how much.
 */
export function ledgerEndpoints(ctx: AppContext): Endpoint[] {
  return [
    {
      method: 'get',
      path: '/v1/ledger/checkpoint',
      operation: 'readCheckpoint',
      handle: async (_req, res) => {
        const { size, root } = await ctx.ledger.head()
        sendBytes(res, await ctx.ledger.checkpoint(size, root), TEXT)
      },
    },
    {
      method: 'get',
      path: '/v1/ledger/entries/:index/proof',
      operation: 'readEntryProof',
      handle: async (req, res) => {
        const index = segment(req, 'index')
        const { size } = await ctx.ledger.head()
        if (!/^(?:0|[1-9]\d{0,14})$/.test(index) || Number(index) >= size)
          throw new MadoguchiError('not_found')
        sendBytes(res, await ctx.ledger.proof(Number(index)), TEXT)
      },
    },
    {
      method: 'get',
      path: '/v1/ledger/tile/{*path}',
      operation: 'readTile',
      handle: (req, res) => sendTile(ctx, req, res),
    },
  ]
}

async function sendTile(ctx: AppContext, req: Request, res: Response): Promise<void> {
  const whoAsks = () => authenticateOperator(ctx, bearerToken(req))
  const { bytes, kind, isFull } = await readTile(ctx, pathOf(req).slice(PREFIX.length), whoAsks)
  if (kind === 'hashes') res.setHeader('Cache-Control', isFull ? FULL : PARTIAL)
  sendBytes(res, bytes, BYTES)
}
