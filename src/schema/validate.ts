import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { FORMS, OPEN_FORMS, type OpenForm } from '../core/vocabulary.ts'
import { MadoguchiError, type ErrorCode, type InputFault } from '../errors/madoguchi-error.ts'
import { SCHEMAS, type SchemaName } from '../generated/schemas.ts'
import type {
  ActionDocument,
  AppealDocument,
  DecisionDocument,
  LedgerEntryDocument,
  LetterDocument,
  NoticeDocument,
  OutcomeClaims,
  PolicyDocument,
  ProblemDocument,
  ProceduresDocument,
  ReceiptClaims,
  SenderDocument,
  SenderKeyDocument,
  StandardDocument,
  SupplementDocument,
  WithdrawalDocument,
} from '../generated/types.ts'
import { inputFaults } from './input-fault.ts'

/** What a value is once it is valid against the schema of that name. */
export interface Documents {
  readonly action: ActionDocument
  readonly appeal: AppealDocument
  readonly decision: DecisionDocument
  readonly 'ledger-entry': LedgerEntryDocument
  readonly letter: LetterDocument
  readonly notice: NoticeDocument
  readonly outcome: OutcomeClaims
  readonly policy: PolicyDocument
  readonly problem: ProblemDocument
  readonly procedures: ProceduresDocument
  readonly receipt: ReceiptClaims
  readonly sender: SenderDocument
  readonly 'sender-key': SenderKeyDocument
  readonly standard: StandardDocument
  readonly supplement: SupplementDocument
  readonly withdrawal: WithdrawalDocument
}

/** Keywords of ours that describe and don't validate. */
const DESCRIBING = ['x-title-ja', 'x-description-ja', 'x-type-name']

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: false,
    ownProperties: true,
    coerceTypes: false,
    useDefaults: false,
    removeAdditional: false,
    verbose: false,
    discriminator: true,
  })
  ajvFormats.default(ajv, { mode: 'full', formats: ['date', 'date-time'] })
  for (const keyword of DESCRIBING) ajv.addKeyword({ keyword, schemaType: 'string' })
  return ajv
}

let ajv: Ajv2020 | undefined
const compiled = new Map<SchemaName, ValidateFunction>()

function validator(name: SchemaName): ValidateFunction {
  const known = compiled.get(name)
  if (known !== undefined) return known
  ajv ??= createAjv()
  const validate = ajv.compile(SCHEMAS[name])
  compiled.set(name, validate)
  return validate
}

/**
 * Checks a value that strict JSON parsing made, and gives it back unchanged under its type.
 *
 * @param code What to throw: `schema_mismatch` blames a sender, `invalid_input` an operator.
 * @throws MadoguchiError with `errors` that name members of our schema and indexes only.
 */
export function validateAgainst<N extends SchemaName>(
  name: N,
  value: unknown,
  code: ErrorCode = 'invalid_input',
): Documents[N] {
  const validate = validator(name)
  if (validate(value)) return value as Documents[N]
  throw new MadoguchiError(code, { errors: inputFaults(validate.errors ?? [], value) })
}

function formOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'form')
    ? (value as { readonly form: unknown }).form
    : undefined
}

/**
 * Members of the other form, and what may be meant here. Form 2 claims no illegality; class 2 of the
 * guideline names what is suspected (第4の3②).
 */
const OF_THE_OTHER_FORM: Readonly<Partial<Record<OpenForm, Readonly<Record<string, string>>>>> = {
  illegal_information: { guideline_category: 'legal_provisions', suspected_category: 'category' },
  public_order: { legal_provisions: 'suspected_category' },
}

function misplaced(form: OpenForm, value: unknown): InputFault[] {
  const members = Object.entries(OF_THE_OTHER_FORM[form] ?? {})
  return members
    .filter(([name]) => Object.hasOwn(value as object, name))
    .map(([name, hint]) => ({ pointer: `/${name}`, keyword: 'additionalProperties', hint }))
}

/**
 * Checks a notice. The form is looked at first: an unknown one is `unknown_form`, a known one that this
 * build doesn't take `form_not_open`, everything else that doesn't fit `schema_mismatch`.
 *
 * @throws MadoguchiError with one of these codes.
 */
export function validateNotice(value: unknown): NoticeDocument {
  const form = formOf(value)
  const open = OPEN_FORMS.find((each) => each === form)
  if (open === undefined && typeof form === 'string') {
    const known = FORMS.some((each) => each === form)
    throw new MadoguchiError(known ? 'form_not_open' : 'unknown_form', {
      errors: [{ pointer: '/form', keyword: 'enum' }],
    })
  }
  const errors = open === undefined ? [] : misplaced(open, value)
  if (errors.length > 0) throw new MadoguchiError('schema_mismatch', { errors })
  return validateAgainst('notice', value, 'schema_mismatch')
}

/** A message about a notice, by its kind. */
export type MessageDocument =
  | { readonly kind: 'withdrawal'; readonly document: WithdrawalDocument }
  | { readonly kind: 'supplement'; readonly document: SupplementDocument }
  | { readonly kind: 'appeal'; readonly document: AppealDocument }

/** Checks a message about a notice. Throws `schema_mismatch`. */
export function validateMessage(kind: MessageDocument['kind'], value: unknown): MessageDocument {
  switch (kind) {
    case 'withdrawal':
      return { kind, document: validateAgainst(kind, value, 'schema_mismatch') }
    case 'supplement':
      return { kind, document: validateAgainst(kind, value, 'schema_mismatch') }
    case 'appeal':
      return { kind, document: validateAgainst(kind, value, 'schema_mismatch') }
  }
}

/** Checks a decision as an operator sends it. Throws `invalid_input`. */
export function validateDecisionInput(value: unknown): DecisionDocument {
  return validateAgainst('decision', value)
}

/** Checks the registration of a sender. Throws `invalid_input`. */
export function validateSender(value: unknown): SenderDocument {
  return validateAgainst('sender', value)
}

/** Checks the form of a public key (JWK); whether it is a good key is for signing to say. Throws `invalid_input`. */
export function validateSenderKey(value: unknown): SenderKeyDocument {
  return validateAgainst('sender-key', value)
}

/** Checks one version of a standard. Throws `invalid_input`. */
export function validateStandard(value: unknown): StandardDocument {
  return validateAgainst('standard', value)
}

/** Checks a letter as an operator types it in; its notice is checked as such later. Throws `invalid_input`. */
export function validateLetter(value: unknown): LetterDocument {
  return validateAgainst('letter', value)
}

/** Checks a standing policy; whether it may be adopted is for the core to say. Throws `invalid_input`. */
export function validatePolicy(value: unknown): PolicyDocument {
  return validateAgainst('policy', value)
}
