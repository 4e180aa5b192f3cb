/**
 * Makes signatures with one private key that never leaves it: a file, a KMS, an HSM. May be slow and
 * may fail; both are the caller's to survive. Safe for concurrent use.
 */
export interface Signer {
  readonly kid: string
  readonly alg: 'ES256' | 'EdDSA'
  /** Public JWK with `kid`, `alg` and `use`. */
  readonly publicJwk: Readonly<Record<string, string>>
  /** Raw signature: r‖s for ES256 (RFC 7518 §3.4), 64 bytes for Ed25519. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}
