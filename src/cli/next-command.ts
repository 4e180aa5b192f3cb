import type { Flags } from './flags.ts'

/** How a reader of the README calls the command line; hints can be pasted as they are printed. */
export const PROGRAM = 'npm run -s madoguchi --'

/**
 * The options by which this call reached its desk, for the next one. A token itself is never repeated.
 */
export function accessOf(flags: Flags): string {
  const [url, file, name] = [flags.text('url'), flags.text('token-file'), flags.text('as')]
  return [
    ...(flags.is('dev') ? [' --dev'] : []),
    ...(url === undefined ? [] : [` --url ${url} --token-file ${file ?? 'FILE'}`]),
    ...(name === undefined ? [] : [` --as ${name}`]),
  ].join('')
}
