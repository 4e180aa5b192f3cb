/** The way to a desk: the network, or a desk in the same process. */
export type Ask = (request: Request) => Promise<Response>

export const overNetwork: Ask = (request) => fetch(request)
