// Compile-only: `npm run typecheck` fails here if a verified request can be made without verifying.
import type { VerifiedRequest } from '../../src/signing/verify-request.ts'

/** The brand's key isn't exported, so every member that can be named isn't enough. */
type Nameable = { readonly [K in Extract<keyof VerifiedRequest, string>]: VerifiedRequest[K] }
declare const copy: Nameable

// @ts-expect-error a plain object with all the same members isn't verified
export const forged: VerifiedRequest = copy

// @ts-expect-error nor is an object that brands itself by another symbol
export const branded: VerifiedRequest = { ...copy, [Symbol('verified')]: true }
