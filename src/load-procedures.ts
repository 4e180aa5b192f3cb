import type { Config } from './config/config.ts'
import { ConfigurationError } from './config/faults.ts'
import type { Procedures } from './core/procedures.ts'
import { MadoguchiError } from './errors/madoguchi-error.ts'
import type { ProceduresDocument } from './generated/types.ts'
import { toProcedures } from './schema/procedures.ts'
import { validateAgainst } from './schema/validate.ts'
import { parseStrictJson } from './signing/strict-json.ts'

/** The profile as the platform wrote it, and as the core knows it. */
export interface LoadedProcedures {
  readonly proceduresDocument: ProceduresDocument
  readonly procedures: Procedures
}

/**
 * The profile that the platform's code gives, else the one of `MADOGUCHI_PROCEDURES_FILE`, else the
 * defaults.
 *
 * @throws ConfigurationError that names the member that is wrong.
 */
export function loadProcedures(
  { procedures: text }: Pick<Config, 'procedures'>,
  given?: ProceduresDocument,
): LoadedProcedures {
  try {
    const value = given ?? (text === null ? {} : parseStrictJson(new TextEncoder().encode(text)))
    const proceduresDocument = validateAgainst('procedures', value)
    return Object.freeze({ proceduresDocument, procedures: toProcedures(proceduresDocument) })
  } catch (fault) {
    if (!(fault instanceof MadoguchiError)) throw fault
    const pointer = fault.details.errors?.[0]?.pointer
    throw new ConfigurationError([
      {
        variable: given === undefined ? 'MADOGUCHI_PROCEDURES_FILE' : 'procedures',
        code: 'bad_procedures',
        ...(pointer === undefined ? {} : { pointer }),
      },
    ])
  }
}
