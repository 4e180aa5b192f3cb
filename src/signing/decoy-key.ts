import type { KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from '../core/sender.ts'
import { publicKeyOf } from './jwk.ts'

type Jwk = Readonly<Record<string, string>>

const EC: Jwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'cosf1D98HdvRiOH3ydp3PyA63C1lF_UUtRKhTIcrIog',
  y: '0cTqHsbW_tipSQb2d0pXY0HazPZIQNYEa-WQ8LCcqWU',
}
const OKP: Jwk = { kty: 'OKP', crv: 'Ed25519', x: 'dMAzPgxODw7uKJqg1x3hRjWBz9xhowGav3r15Tezfr0' }

const rsa = (...n: readonly string[]): Jwk => ({ kty: 'RSA', n: n.join(''), e: 'AQAB' })

const SMALLEST_RSA = rsa(
  'r41406TZCkPesB92XlPI4xBOtbzkyHOxXPNIbcA5LBSU2kKiyM9_SOomwfCXut7wWs5VChygZpcRE_vkHGgWW2',
  '2pym5LN7d2G70Kl5yImXlHsEQGmF5tE9KqLapl1LOxx_AuS7VkTj27nPiVAxHzYxQ8xO5xKt8szrkiGLynJQOQ',
  'AMnVWL8RGQiIrh3aQSUYwJrsRIHzC6Gt64liNp-Le2x5YlyTmZ6CdhcygUi5TZafFKTpsU72Dd9Zn_RorkwSdm',
  'ccsWWwEzn9OyL_qFxlkqo8simD8AFPok9JHUcnPqosOqvYFl7IN45J6rVh5SiizPMvhK5uXRYqu1BmX6AE0Q',
)

/** By the length of their signatures in bytes. */
const RSA: Readonly<Partial<Record<number, Jwk>>> = {
  256: SMALLEST_RSA,
  384: rsa(
    'wgf1SLwDQFgIB9q_nzX9CFPyf0WQr5DD40kaH52EuuWuvJIiD-DD7DBIUVPA7UZRqx6whLZi03zHZbC1H7aYGt',
    'YgPyzJpwGv9QVAwR_MVS6BsDFbJv7C7Lkrz0Qg3FbTz6X_ufaaRxZ2Oie7Z1vJ9_0lrGRBi6jSJBVNppadRdvP',
    'Xu1_86kY6ccO_yBok5yUBGQF5I1rC5jA_Wddnsxhc2UU2NJix5_EnnItInM31pvE-Hj9EUly-tLpP_Co_2jxAR',
    'DiveNX9jVpIdjBGasMHbg4ijLeWQ4NINw2TnqPFagbt5zwLKSuUpmmysVHHQkbBUrlfKeQ7GzYC3XpWjQ0VG-u',
    '0QBKRL8H7M4jCyyV5PiHKFTB4B5a_v2VzvcIp2zXc4lNMcJ2rfFx6K6mKA1aq8Vnn7Z3qqJ8-w9sizSxfEVrZY',
    'HjMXRdjerjJm5ZdTV_Pqgbb_NYQrM6E0mHQzcGIr2nthEgCLU_EjWEoP1TnhPwJeo111l_1Z_4fWCtAbNX',
  ),
  512: rsa(
    'sloj_sYHAa9MDM73KQ4TYWlNfPr_YQxaAnY3TdnVEuhR_se2nSSoWryVFjGfYwikkg0t9EHRixYWyU5flwxYcj',
    '_6Sxm-uOGcnSzZxyms_Qr7KeqQFHJFxIzCxAi1bTdX1kKcEYfM3niXflMRWadp1MPA17IE3w6WsP0y17MDiR-1',
    'DfoAKDXazwOhT7yNcFvdXrAlFWu0Dzb0b2lphS0Xhmlr4f11YAG6PaHlSSEEr5lq7soPwrTHDyB2-f9qyQK8yk',
    'TZBXhzujPdlOE8XAqFdGg73jdTztAovKy2L-7pJToysX56ViAZ91_OmNlEiiGEBPk5TVUX4wvofKqGuf3aZ3N3',
    '1LDZG3OLTv85vDXlDU7Xasmt6anZ-y_1T3vkdUmBdpRhWe0LRez1B_N3P186hXHzh7Dy2D26x-IlXD6NMDcDPg',
    'HumQuAlL8t4HselKt9XdyIJqkq4CZ43GwmhQxg1Rcw0s6pb9wZVfY73dpJc0jZp82IKdm78HslqhvlN0THav30',
    'M72WXcp22CAQ_vVB3g-ps_JZePj3TaBo9RL68F172ZhTPe5scXlhk4iY-SZ0re1u3cdQS1lblU5q_LOdGkmGcG',
    'eI7xFJZvRAPglmeLua1fIBhwiVRKs-IFcrEegU-ZYudbGkG99FKQ6uxV-ideJUgCRxkCoG3teaB9_FuP0',
  ),
}

/**
 * A key to verify with where there is none, so that an unknown sender or key takes as long to refuse as
 * a wrong signature. Their private halves were thrown away, and nothing verified with them counts.
 *
 * @param signatureLength In bytes; tells of RSA keys how large they are. A length that no key has is
 *   refused without verifying, whether or not the key is known.
 */
export function decoyKey(
  alg: SigningAlgorithm,
  signatureLength: number,
): { readonly alg: SigningAlgorithm; readonly publicKey: KeyObject } {
  if (alg === 'ES256') return { alg, publicKey: publicKeyOf(EC) }
  if (alg === 'EdDSA') return { alg, publicKey: publicKeyOf(OKP) }
  return { alg, publicKey: publicKeyOf(RSA[signatureLength] ?? SMALLEST_RSA) }
}
