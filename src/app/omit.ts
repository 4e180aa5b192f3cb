/** The object without these members. */
export function omit<T extends object, K extends keyof T & string>(
  object: T,
  ...names: readonly K[]
): Omit<T, K> {
  const left = Object.entries(object).filter(([name]) => !names.some((each) => each === name))
  return Object.fromEntries(left) as Omit<T, K>
}
