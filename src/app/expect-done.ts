import type { Transitioned, TransitionResult } from '../core/transition/result.ts'

/** For what is asked only where it is allowed: a refusal is a fault of ours. */
export function expectDone(result: TransitionResult): Transitioned {
  if (!result.ok) throw new Error(`transition refused: ${result.refusal.code}`)
  return result
}
