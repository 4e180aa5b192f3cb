import type { KeyObject } from 'node:crypto'
import type { MessageKind } from '../../core/message.ts'
import type { Lang } from '../../core/vocabulary.ts'
import type { Clock, Random } from '../../ports/runtime.ts'
import { makeRequestToken } from '../../signing/make-request.ts'
import { overNetwork, type Ask } from './ask.ts'
import type { DeskDirectory } from './desk-directory.ts'

/** Who signs: a sender with one of its keys. */
export interface HotlineIdentity {
  readonly issuer: string
  readonly kid: string
  readonly privateKey: KeyObject
  /** Which of the two an RSA key is registered for. */
  readonly rsaAlgorithm?: 'PS256' | 'RS256'
}

/** What a poll asks for and settles (RFC 8936 §2.2). */
export interface PollQuestion {
  readonly maxEvents?: number
  readonly returnImmediately?: boolean
  readonly ack?: readonly string[]
  readonly setErrs?: Readonly<Record<string, { readonly err: string }>>
}

/** What is bent on purpose, to see it refused. */
export interface Faults {
  /** After signing: a byte more than was signed, another signature, or a claim that wasn't signed. */
  readonly tamper?: 'body' | 'signature' | 'claims'
  /** Seconds by which the signer's clock is off. */
  readonly skewSeconds?: number
  /** Names a key that isn't registered. */
  readonly hasUnknownKey?: boolean
  readonly isUnsigned?: boolean
}

/** What was sent and what came back; nothing of it is checked yet. */
export interface Exchange {
  readonly status: number
  /** The JSON of the answer; `undefined` where it is none. */
  readonly answer: unknown
  readonly replayed: boolean
  readonly token: string
  readonly body: Uint8Array
}

/** By which clock it signs, and how it gets to the desk; default: over the network. */
export interface HotlineWorld {
  readonly clock: Clock
  readonly random: Random
  readonly ask?: Ask
}

/** Which of its notices a message is about, by either id. */
export interface MessageAddress {
  readonly kind: MessageKind
  readonly notice: string
}

/** A sender's client: signs with profile `mdg-jwt-1` and calls a desk. */
export class HotlineClient {
  readonly #desk: DeskDirectory
  readonly #identity: HotlineIdentity
  readonly #world: HotlineWorld

  constructor(desk: DeskDirectory, identity: HotlineIdentity, world: HotlineWorld) {
    this.#desk = desk
    this.#identity = identity
    this.#world = world
  }

  /** Hands in one notice, given as the bytes to sign. A refusal is told in `lang`. */
  send(body: Uint8Array, faults: Faults = {}, lang: Lang = 'en'): Promise<Exchange> {
    return this.#post(this.#desk.noticesUrl, body, faults, lang)
  }

  /** Withdraws or supplements one of its own notices. */
  message(about: MessageAddress, body: Uint8Array, lang: Lang = 'en'): Promise<Exchange> {
    const { kind, notice } = about
    const url = `${this.#desk.noticesUrl}/${encodeURIComponent(notice)}/${kind}`
    return this.#post(url, body, {}, lang)
  }

  async #post(url: string, body: Uint8Array, faults: Faults, lang: Lang): Promise<Exchange> {
    const token = await this.#sign('POST', url, body, faults)
    const sent = faults.tamper === 'body' ? Uint8Array.of(...body, 0x20) : body
    const response = await this.#ask(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': lang,
        ...(faults.isUnsigned === true ? {} : { authorization: `Bearer ${token}` }),
      },
      body: Buffer.from(sent),
    })
    return {
      status: response.status,
      answer: await answerOf(response),
      replayed: response.headers.get('idempotency-replayed') === 'true',
      token,
      body,
    }
  }

  /** Fetches outcomes, and settles those of earlier answers. */
  async poll(
    question: PollQuestion,
    lang: Lang = 'en',
  ): Promise<{ readonly status: number; readonly answer: unknown }> {
    const url = this.#desk.pollUrl
    const body = new TextEncoder().encode(JSON.stringify(question))
    const token = await this.#sign('POST', url, body, {})
    const response = await this.#ask(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': lang,
        authorization: `Bearer ${token}`,
      },
      body: Buffer.from(body),
    })
    return { status: response.status, answer: await answerOf(response) }
  }

  /** Asks how one of its own notices stands. */
  status(id: string): Promise<{ readonly status: number; readonly answer: unknown }> {
    return this.#get(`${this.#desk.noticesUrl}/${encodeURIComponent(id)}`)
  }

  /** Asks how it is registered itself. */
  registration(): Promise<{ readonly status: number; readonly answer: unknown }> {
    return this.#get(this.#desk.registrationUrl)
  }

  async #get(url: string): Promise<{ readonly status: number; readonly answer: unknown }> {
    const token = await this.#sign('GET', url, new Uint8Array(), {})
    const response = await this.#ask(url, {
      headers: { authorization: `Bearer ${token}` },
    })
    return { status: response.status, answer: await answerOf(response) }
  }

  #ask(url: string, init: RequestInit): Promise<Response> {
    const { ask = overNetwork } = this.#world
    return ask(new Request(url, { redirect: 'error', ...init }))
  }

  async #sign(method: string, url: string, body: Uint8Array, faults: Faults): Promise<string> {
    const { clock, random } = this.#world
    const { issuer, kid, privateKey, rsaAlgorithm } = this.#identity
    const token = await makeRequestToken({
      privateKey,
      ...(rsaAlgorithm === undefined ? {} : { rsaAlgorithm }),
      kid: faults.hasUnknownKey === true ? 'no-such-key' : kid,
      issuer,
      audience: this.#desk.issuer,
      method,
      url,
      body,
      contentType: method === 'POST' ? 'application/json' : undefined,
      now: clock.now() + (faults.skewSeconds ?? 0) * 1_000,
      jti: random.id('rcp'),
    })
    if (faults.tamper === 'claims') return withOtherClaim(token)
    return faults.tamper === 'signature' ? withOtherSignature(token) : token
  }
}

/** Turns one bit in the middle of the signature. */
function withOtherSignature(token: string): string {
  const [head = '', claims = '', encoded = ''] = token.split('.')
  const signature = Buffer.from(encoded, 'base64url')
  signature[32] = (signature[32] ?? 0) ^ 1
  return `${head}.${claims}.${signature.toString('base64url')}`
}

/** Another token id, which no signature covers. */
function withOtherClaim(token: string): string {
  const [head = '', claims = '', signature = ''] = token.split('.')
  const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object) }
  const bytes = Buffer.from(JSON.stringify({ ...changed, jti: 'tampered-after-signing' }))
  return `${head}.${bytes.toString('base64url')}.${signature}`
}

async function answerOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}
