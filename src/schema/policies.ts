import type { PolicyMeasure, PolicyRecord, PolicyRule } from '../core/policy.ts'
import type { PolicyDocument, PolicyMeasure as WireMeasure } from '../generated/types.ts'

/** A validated policy as the core knows it; what it leaves out asks nothing. */
export function toPolicyRule(document: PolicyDocument): PolicyRule {
  const { id, title, when, effect, ground } = document
  return {
    id,
    title,
    when: {
      forms: when.forms,
      categories: when.categories ?? null,
      senderTypes: when.sender_types ?? null,
      surfaces: when.surfaces ?? null,
      observed: when.observed ?? null,
      manners: when.manners ?? null,
      signal: when.signal ?? null,
    },
    effect: {
      kind: effect.kind,
      measures: effect.measures.map(toMeasure),
    },
    ground,
    reviewPercent: document.review_percent,
    promptedBy: document.prompted_by ?? null,
  }
}

/** The rule alone, as it was put in. */
export function fromPolicyRule(rule: PolicyRule): PolicyDocument {
  const { id, title, when, effect, ground, reviewPercent, promptedBy } = rule
  const { forms, categories, senderTypes, surfaces, observed, manners, signal } = when
  return {
    id,
    title: { ...title },
    when: {
      forms: [...forms],
      ...(categories === null ? {} : { categories: [...categories] }),
      ...(senderTypes === null ? {} : { sender_types: [...senderTypes] }),
      ...(surfaces === null ? {} : { surfaces: [...surfaces] }),
      ...(observed === null ? {} : { observed: [...observed] }),
      ...(manners === null ? {} : { manners: [...manners] }),
      ...(signal === null ? {} : { signal }),
    },
    effect: {
      kind: effect.kind,
      measures: effect.measures.map(fromMeasure),
    },
    ground: ground && { ...ground },
    review_percent: reviewPercent,
    ...(promptedBy === null ? {} : { prompted_by: promptedBy }),
  }
}

function toMeasure({ kind, hours, label_basis, template }: WireMeasure): PolicyMeasure {
  return {
    kind,
    hours: hours ?? null,
    ...(label_basis === undefined ? {} : { labelBasis: label_basis }),
    ...(template === undefined ? {} : { template }),
  }
}

function fromMeasure({ kind, hours, labelBasis, template }: PolicyMeasure): WireMeasure {
  return {
    kind,
    ...(hours === null ? {} : { hours }),
    ...(labelBasis === undefined ? {} : { label_basis: labelBasis }),
    ...(template === undefined ? {} : { template }),
  }
}

/**
 * 書き出し: the rule for another platform. It holds no sender, account or figure by its schema; which
 * request prompted it here stays here (M-16).
 */
export function exportedPolicy(policy: PolicyRecord): PolicyDocument {
  return fromPolicyRule({ ...policy, promptedBy: null })
}
